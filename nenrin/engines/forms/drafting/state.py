"""What an unfinished definition is worth: a definition, or everything that is still to mend."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from ..definition import Definition
from ..definition_file import read_content
from ..evaluation.evaluate import program_of
from ..faults import DefinitionRefused, Fault
from ..fields.kinds import read_question
from ..language.types import Scope, Type
from .content import Content, outer_questions, pages_of

PARTS = {
    "sections": "ページ", "fields": "項目", "attachments": "添付", "blocks": "止める条件",
    "fee": "手数料", "rules": "きまり", "notices": "通知", "legal_basis": "根拠",
    "examples": "テスト", "show": "出す条件", "skip": "飛ばす条件", "required": "必須の条件",
    "compute": "計算", "checks": "確かめ", "when": "条件", "amount": "額", "choices": "選択肢",
    "title": "名前", "label": "見出し", "minutes": "かかる時間", "working_days": "処理の日数",
    "retention_years": "保存の年数", "statement": "確かめていただく文", "name": "名前",
    "message": "わけの文", "body": "本文",
}  # fmt: skip


@dataclass(frozen=True)
class DraftState:
    """``definition`` is there only where it can be tried."""

    definition: Definition | None
    faults: tuple[Fault, ...]


def examine(content: Content) -> DraftState:
    """Read, check and compile; nothing is raised."""
    empty = tuple(_empty_pages(content))
    if empty:
        return DraftState(None, empty)
    try:
        definition = read_content(content)
        program_of(definition)
    except DefinitionRefused as refusal:
        labels = labels_of(content)
        return DraftState(None, tuple(_in_words(fault, labels) for fault in refusal.faults))
    return DraftState(definition, ())


def _empty_pages(content: Content) -> Iterator[Fault]:
    if not pages_of(content):
        yield Fault("ページ", "まだありません。ページを一つ足してください。")
    for page in pages_of(content):
        if not page.get("fields"):
            yield Fault(
                f"ページ「{page.get('title') or page['name']}」",
                "項目がありません。項目を足すか、このページを消してください。",
            )
    for _, question in outer_questions(content):
        if question.get("kind") == "group" and not question.get("fields"):
            words = "くり返しの中に項目がありません。一つ足してください。"
            yield Fault(f"項目「{question.get('label')}」", words)


def labels_of(content: Content) -> dict[str, str]:
    """What every page and question is called."""
    found = {page["name"]: str(page.get("title", "")) for page in pages_of(content)}
    for _, question in outer_questions(content):
        for one in (question, *question.get("fields", [])):
            found[str(one.get("name"))] = str(one.get("label", ""))
    return found


def _in_words(fault: Fault, labels: dict[str, str]) -> Fault:
    """Places as staff know them: `sections › dogs › show` → ページ「犬」の出す条件."""
    if " › " not in fault.place and "の " not in fault.place:
        return Fault(PARTS.get(fault.place, fault.place), fault.message)
    place, _, rule = fault.place.rpartition("の ")
    if place:
        return Fault(f"{place}の{PARTS.get(rule, rule)}", fault.message)
    steps = [step for step in fault.place.split(" › ") if step not in ("sections", "fields")]
    words = [PARTS.get(step) or _called(step, labels) for step in steps]
    return Fault("の".join(words), fault.message)


def _called(step: str, labels: dict[str, str]) -> str:
    if step.isdecimal():
        return f"{int(step) + 1}つめ"
    return f"「{labels.get(step) or step}」"


def scope_of(content: Content, group: str = "") -> Scope:
    """Names that expressions may use, as far as their questions can be read by now."""
    types: dict[str, Type] = {}
    for _, piece in outer_questions(content):
        question = readable(piece)
        if question is not None:
            types[question.name] = question.type
    scope = Scope(types)
    return scope.inside(group) if group in types else scope


def readable(piece: dict[str, Any]) -> Any:
    """The question of a piece, or None while it cannot be read."""
    try:
        return read_question({"kind": "file", **piece})
    except (ValidationError, ValueError, TypeError):
        return None
