"""Procedures and their parts as the editor lists them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from nenrin.engines.forms.drafting.conditions import named
from nenrin.engines.forms.drafting.content import ATTACHMENTS, GROUP, PAGE, Content, pages_of
from nenrin.engines.forms.fields.kinds import kinds
from nenrin.engines.forms.fields.naming import reading
from nenrin.engines.forms.language.reading import Named
from nenrin.engines.forms.models import DefinitionDraft, DefinitionVersion, FormDefinition
from nenrin.engines.forms.selectors import definition_of, newest_versions
from nenrin.residents.procedures.guide import Entry

VIEWS = {
    "": "すべて",
    "draft": "書きかけ",
    "incomplete": "作り込みの途中",
    "examples": "例が残るもの",
    "closed": "受け付けを止めたもの",
}


@dataclass(frozen=True)
class Procedure:
    """One line of the list: what is published of it, and what is being written."""

    slug: str
    title: str
    group: str
    is_open: bool
    entry: Entry | None
    number: int
    draft: DefinitionDraft | None

    @property
    def is_incomplete(self) -> bool:
        """Published, but only in its simple form."""
        return self.entry is not None and not self.entry.definition.is_complete

    @property
    def is_stage(self) -> bool:
        """Whether it only follows another procedure."""
        return self.entry is not None and self.entry.definition.is_stage

    @property
    def is_closed(self) -> bool:
        """Published, and stopped by the town."""
        return self.entry is not None and not self.is_open and not self.is_stage

    @property
    def has_examples(self) -> bool:
        """Whether a law or a fee has still to be confirmed by the town."""
        return self.entry is not None and self.entry.has_examples


def procedures() -> list[Procedure]:
    """Every procedure of the town, by life event and name."""
    drafts = {draft.slug: draft for draft in DefinitionDraft.objects.all()}
    rows = [
        _published(version, drafts) for version in newest_versions(FormDefinition.objects.all())
    ]
    known = {row.slug for row in rows}
    rows += [_only_written(draft) for slug, draft in drafts.items() if slug not in known]
    return sorted(rows, key=lambda row: (row.group, row.title))


def _published(version: DefinitionVersion, drafts: dict[str, DefinitionDraft]) -> Procedure:
    form, entry = version.form, Entry(definition_of(version))
    group = entry.definition.group or "そのほか"
    draft = drafts.get(form.slug)
    return Procedure(form.slug, form.title, group, form.is_open, entry, version.number, draft)


def _only_written(draft: DefinitionDraft) -> Procedure:
    group = str(draft.content.get("group") or "そのほか")
    return Procedure(draft.slug, draft.title, group, False, None, 0, draft)


def chosen(rows: list[Procedure], view: str, words: str) -> list[Procedure]:
    """Those of one view that hold the words."""
    tests: dict[str, Callable[[Procedure], bool]] = {
        "draft": lambda row: row.draft is not None,
        "incomplete": lambda row: row.is_incomplete,
        "examples": lambda row: row.has_examples,
        "closed": lambda row: row.is_closed,
    }
    found = [row for row in rows if tests[view](row)] if view in tests else rows
    return [row for row in found if words in row.title or words in row.slug or words in row.group]


@dataclass(frozen=True)
class QuestionRow:
    """One question in words."""

    piece: dict[str, Any]
    holder: str
    kind: str
    needed: str
    rules: tuple[str, ...]
    inner: tuple["QuestionRow", ...] = ()


@dataclass(frozen=True)
class PageRow:
    """One page in words; the attachments are a page without conditions."""

    holder: str
    name: str
    title: str
    rules: tuple[str, ...]
    questions: tuple[QuestionRow, ...]


def outline(content: Content) -> list[PageRow]:
    """The whole form as somebody would tell it."""
    names = named(content)
    rows = [
        PageRow(
            PAGE + page["name"],
            page["name"],
            str(page.get("title", "")),
            tuple(_rules(page, names)),
            tuple(question_rows(page.get("fields", []), PAGE + page["name"], names)),
        )
        for page in pages_of(content)
    ]
    files = tuple(question_rows(content.get(ATTACHMENTS, []), ATTACHMENTS, names))
    return [*rows, PageRow(ATTACHMENTS, ATTACHMENTS, "添付するもの", (), files)]


def question_rows(
    pieces: list[dict[str, Any]], holder: str, names: dict[str, Named]
) -> Iterator[QuestionRow]:
    """Questions of one place."""
    for piece in pieces:
        kind = str(piece.get("kind", "file"))
        needed = "計算" if piece.get("compute") else _needed(piece.get("required", True))
        inner = question_rows(piece.get("fields", []), GROUP + str(piece.get("name")), names)
        label = kinds.get(kind).label if kind in kinds else kind
        yield QuestionRow(piece, holder, label, needed, tuple(_rules(piece, names)), tuple(inner))


def _needed(required: object) -> str:
    if isinstance(required, bool):
        return "かならず" if required else "なくてもよい"
    return "ときによりかならず"


def _rules(piece: dict[str, Any], names: dict[str, Named]) -> Iterator[str]:
    for key, words in (("show", "のときだけ出す"), ("skip", "のときは飛ばす")):
        if piece.get(key):
            yield reading(piece[key], names) + words
    if isinstance(piece.get("required"), str):
        yield reading(piece["required"], names) + "のときはかならず"
    if piece.get("compute"):
        yield f"計算: {reading(piece['compute'], names)}"
    for check in piece.get("checks", ()):
        yield f"確かめ: {reading(check['that'], names)}"
    if piece.get("may_follow"):
        yield "後から出してもよい"
