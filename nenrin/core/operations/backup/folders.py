"""The state folder's own files: uploads, papers, feeds, fonts. What is made anew stays out."""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from .errors import BackupDamaged

MADE_ANEW = frozenset({"postgres", "log", "static", "rehearsal", "secret-key"})
UNFINISHED = ".restoring"
SET_ASIDE = ".before-restore-"
PIECE = 1024 * 1024


@dataclass(frozen=True)
class StateFile:
    """One file with its path below the state folder."""

    path: Path
    name: str


def state_files(state_dir: Path, leave_out: Iterable[Path] = ()) -> Iterator[StateFile]:
    """Every file that a backup holds; links are not followed."""
    unwanted = {path.resolve() for path in leave_out}
    for folder, folders, names in os.walk(state_dir):
        here = Path(folder)
        if here == state_dir:
            folders[:] = [name for name in folders if _is_kept(name)]
            names = [name for name in names if _is_kept(name)]
        folders.sort()
        for name in sorted(names):
            path = here / name
            if path.is_file() and not path.is_symlink() and path.resolve() not in unwanted:
                yield StateFile(path, path.relative_to(state_dir).as_posix())


def read_pieces(path: Path) -> Iterator[bytes]:
    """A file's content in pieces."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def write_state_file(folder: Path, name: str, pieces: Iterable[bytes], mode: int) -> None:
    """Write a file below ``folder``; raises BackupDamaged for a name that leads out of it."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts:
        raise BackupDamaged("バックアップの中のファイル名が正しくありません。")
    path = folder / pure
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode & 0o777)
    with os.fdopen(descriptor, "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def begin_folder(state_dir: Path) -> Path:
    """An empty folder for what is being restored; what an earlier try left is thrown away."""
    folder = state_dir / UNFINISHED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def put_in_place(folder: Path, state_dir: Path) -> None:
    """Move what was restored to where it belongs; what stood there is set aside, never lost."""
    mark = f"{SET_ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%S}"
    for entry in sorted(folder.iterdir()):
        target = state_dir / entry.name
        if target.exists():
            target.replace(state_dir / f"{entry.name}{mark}")
        entry.replace(target)
    folder.rmdir()


def _is_kept(name: str) -> bool:
    return name not in MADE_ANEW and SET_ASIDE not in name and not name.startswith(".")
