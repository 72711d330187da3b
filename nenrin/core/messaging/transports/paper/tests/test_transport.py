"""Rounds are printed per 地区 and 班, the same again, and no household is ever lost."""

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from nenrin.core.messaging.transports.contract import Fate, NoOptions, Outcome, Parcel, Words
from nenrin.core.messaging.transports.paper.transport import PaperTransport, round_content
from nenrin.core.messaging.transports.tests.parcels import (
    MESSAGE,
    fates,
    make_label,
    make_parcel,
    make_words,
)
from nenrin.core.messaging.transports.tests.state_dir import use_state_dir
from nenrin.core.printing.fonts import NoJapaneseFont
from nenrin.core.printing.tests.samples import skip_without_font


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    skip_without_font()
    return use_state_dir(monkeypatch, tmp_path) / "paper" / "063614" / MESSAGE


def parcel(number: int, neighbourhood: str = "1班") -> Parcel:
    return make_parcel(number, household=make_label(str(number), neighbourhood))


def send(parcels: list[Parcel], words: Words | None = None) -> list[Outcome]:
    return list(PaperTransport().send(NoOptions(), words or make_words(), parcels))


def listed(folder: Path, district: str) -> list[str]:
    """Numbers on the district's tick lists, in their order."""
    text = "".join(pages(folder / f"{district}.pdf"))
    return re.findall(r"^(\d+) 杉山", text, re.MULTILINE)


def pages(path: Path) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]


def footer(page: str) -> str:
    return "".join(page.split("金山町")[-1].split())


def test_each_district_gets_its_pdf(folder: Path) -> None:
    outcomes = send([parcel(1), parcel(2, "2班"), parcel(3)])
    assert set(fates(outcomes).values()) == {Fate.SENT}
    assert [path.name for path in folder.glob("*.pdf")] == ["中田.pdf"]
    assert outcomes[0].reference == f"paper/063614/{MESSAGE}/中田.pdf"
    assert (folder / "中田.pdf").read_bytes().startswith(b"%PDF-")


def test_each_neighbourhood_has_sheets_of_its_own(folder: Path) -> None:
    send([parcel(1, "10班"), parcel(2, "2班"), *(parcel(n, "1班") for n in range(3, 43))])
    assert [footer(page) for page in pages(folder / "中田.pdf")] == [
        *("中田1班1/4", "中田1班2/4", "中田1班3/4", "中田1班4/4"),
        *("中田2班1/2", "中田2班2/2", "中田10班1/2", "中田10班2/2"),
    ]


def test_a_second_shard_adds_and_a_retry_changes_nothing(folder: Path) -> None:
    words = make_words()
    send([parcel(1), parcel(10)], words)
    send([parcel(2)], words)
    assert listed(folder, "中田") == ["1", "2", "10"]
    printed = (folder / "中田.pdf").read_bytes()
    send([parcel(1), parcel(10)], words)
    assert (folder / "中田.pdf").read_bytes() == printed
    assert not list(folder.glob(".*.tmp"))


def test_a_drill_and_a_question_are_printed(folder: Path) -> None:
    words = make_words(is_drill=True, asks_safety=True, heading="【訓練】無事ですか")
    send([parcel(number) for number in range(1, 60)], words)
    assert len((folder / "中田.pdf").read_bytes()) > 10_000


def test_a_parcel_without_household_cannot_be_carried(folder: Path) -> None:
    (outcome,) = send([make_parcel(9)])
    assert outcome.fate is Fate.PERMANENT


def test_names_cannot_leave_the_folder(folder: Path) -> None:
    label = replace(make_label("1"), district="../../x")
    (outcome,) = send([make_parcel(1, household=label)])
    assert (folder / Path(outcome.reference).name).exists()


def test_without_a_font_the_round_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_font(*_: object, **__: object) -> bytes:
        raise NoJapaneseFont(Path("fonts"))

    use_state_dir(monkeypatch, tmp_path)
    monkeypatch.setattr("nenrin.core.messaging.transports.paper.transport.compile_pdf", no_font)
    (outcome,) = send([parcel(1)])
    assert outcome.fate is Fate.TEMPORARY
    assert "フォント" in outcome.reason


def test_the_content_says_until_when() -> None:
    content = round_content(make_words(), "中田", [make_label("1")])
    assert content["released_at"] == "11月24日 15時30分"
    assert content["rounds"][0]["name"] == "中田 1班"
