"""Taking over another town's procedure: its questions and rules, but one's own desks and fees."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from ..definition import Definition
from ..definition_file import write_content
from .content import Content

# What a town settles for itself, with the words for what is to be looked at.
OWN = {
    "owner": "担当する係が、この町の係か",
    "decides": "決める人が、この町の人か",
    "fee": "手数料の額と条文が、この町の条例のとおりか",
    "legal_basis": "根拠の条例・要綱が、この町のものか",
    "notices": "通知の文が、この町のやり方に合うか",
    "working_days": "処理の日数が、この町で守れるか",
}


@dataclass(frozen=True)
class Adoption:
    """What would come in, and what has to be checked before it is published."""

    content: Content
    to_check: tuple[str, ...]


def adopt(incoming: Definition, own: Definition | None) -> Adoption:
    """The other town's definition as a draft of this town.

    Desks, deciders, fees and days that this town has settled already are kept; what comes from
    the other town is marked as an example. Either way a person looks at each before publishing.
    """
    content = write_content(incoming)
    mine = write_content(own) if own else {}
    content.pop("is_complete", None)
    for key in ("owner", "decides", "working_days"):
        _keep_own(content, mine, key)
    content["legal_basis"] = [
        basis if basis in mine.get("legal_basis", []) else _as_example(basis, _is_local(basis))
        for basis in content.get("legal_basis", [])
    ]
    if not content["legal_basis"]:
        del content["legal_basis"]
    _settle_fee(content, mine)
    to_check = tuple(key for key in OWN if key in ("owner", "decides") or content.get(key))
    return Adoption(content, to_check)


def _keep_own(content: Content, mine: Content, key: str) -> None:
    content.pop(key, None)
    if key in mine:
        content[key] = mine[key]


def _settle_fee(content: Content, mine: Content) -> None:
    if "fee" in mine:
        # Rules that name questions the new form does not have are told by the draft's check.
        content["fee"] = deepcopy(mine["fee"])
        return
    for rule in content.get("fee", {}).get("rules", []):
        rule.update(_as_example(rule, is_one=bool(rule.get("amount"))))


def _as_example(piece: Mapping[str, Any], is_one: bool) -> dict[str, Any]:
    return {**piece, "is_example": True} if is_one else dict(piece)


def _is_local(basis: Mapping[str, Any]) -> bool:
    """By-laws and rules of a town, not the nation's laws."""
    name = str(basis.get("name", ""))
    return name.startswith(("町", "村", "市")) or any(one in name for one in ("条例", "要綱"))
