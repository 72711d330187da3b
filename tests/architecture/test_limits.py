"""STYLE's limits; what stands in exceptions.txt may only shrink."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXCEPTIONS = Path(__file__).with_name("exceptions.txt")
PACKAGES = ("nenrin", "config", "tests", "bench")
FILE_LINES, TEST_LINES, TEMPLATE_LINES, SCRIPT_LINES = 400, 500, 150, 200
FUNCTION_LINES, PARAMETERS, FOLDER_FILES, ROOT_ENTRIES = 50, 6, 15, 16
NOT_OURS = {"__pycache__", "migrations", "node_modules", "vendor"}
VAGUE = {"utils.py", "helpers.py", "common.py", "misc.py"}


def _files(pattern):
    for package in PACKAGES:
        for path in (ROOT / package).rglob(pattern):
            if not NOT_OURS & set(path.parts):
                yield path


def _name(path):
    return path.relative_to(ROOT).as_posix()


def _limit(path):
    in_tests = "tests" in path.relative_to(ROOT).parts
    return {".html": TEMPLATE_LINES, ".js": SCRIPT_LINES}.get(
        path.suffix, TEST_LINES if in_tests else FILE_LINES
    )


def _long_files():
    for pattern in ("*.py", "*.html", "*.js"):
        for path in _files(pattern):
            if len(path.read_text(encoding="utf-8").splitlines()) > _limit(path):
                yield f"long file {_name(path)}"


def _functions():
    for path in _files("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def _big_functions():
    for path, node in _functions():
        where = f"{_name(path)}:{node.name}"
        if node.end_lineno - node.lineno + 1 > FUNCTION_LINES:
            yield f"long function {where}"
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        names = [a.arg for a in arguments if a.arg not in ("self", "cls")]
        if len(names) > PARAMETERS and "tests" not in path.parts:
            yield f"many parameters {where}"


def _imports_inside_functions():
    for path, node in _functions():
        if node.name == "ready":
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.Import | ast.ImportFrom):
                yield f"import inside {_name(path)}:{node.name}"


def _crowded_folders():
    folders = {path.parent for path in _files("*.py")}
    for folder in folders:
        held = [p for p in folder.iterdir() if p.is_file() and p.name != "__init__.py"]
        if len(held) > FOLDER_FILES and folder.name != "fixtures":
            yield f"crowded folder {_name(folder)}"


def _vague_names():
    yield from (f"vague name {_name(path)}" for path in _files("*.py") if path.name in VAGUE)


def _crowded_root():
    shown = [p for p in ROOT.iterdir() if not p.name.startswith(".")]
    ours = [p for p in shown if p.name not in {"var", "build", *NOT_OURS}]
    if len([p for p in ours if not p.name.endswith(".egg-info")]) > ROOT_ENTRIES:
        yield "crowded root"


CHECKS = (
    _long_files,
    _big_functions,
    _imports_inside_functions,
    _crowded_folders,
    _vague_names,
    _crowded_root,
)


def _allowed():
    lines = EXCEPTIONS.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_limits_are_kept(check):
    assert sorted(set(check()) - _allowed()) == []


def test_the_exceptions_only_shrink():
    found = {finding for check in CHECKS for finding in check()}
    assert sorted(_allowed() - found) == [], "mended: take these lines out of exceptions.txt"
