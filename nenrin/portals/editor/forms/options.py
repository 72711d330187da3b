"""What can be set for each kind of question beside what every question has."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from nenrin.residents.procedures.filling.outside import slot_rules

Piece = dict[str, Any]
CHOICES_HELP = "1行に1つ。並びは、出る順番です。"


@dataclass(frozen=True)
class Option:
    """One setting: its name in the definition, its label, and what is typed into."""

    name: str
    label: str
    kind: str = "text"
    help: str = ""


OPTIONS: dict[str, tuple[Option, ...]] = {
    "text": (
        Option("lines", "欄の行数", "whole"),
        Option("longest", "いちばん長くて何文字", "whole"),
        Option("shortest", "少なくとも何文字", "whole"),
        Option("example", "書き方の例"),
    ),
    "number": (
        Option("unit", "単位", help="例: 頭、人、平方メートル"),
        Option("least", "いちばん小さい数", "whole"),
        Option("most", "いちばん大きい数", "whole"),
        Option("decimals", "小数は何けたまで", "whole"),
    ),
    "money": (
        Option("least", "いちばん小さい額（円）", "whole"),
        Option("most", "いちばん大きい額（円）", "whole"),
    ),
    "yes_no": (
        Option("yes", "「はい」の言葉"),
        Option("no", "「いいえ」の言葉"),
        Option("consent", "「はい」でないと先へ進めない（同意）", "tick"),
    ),
    "choice": (Option("choices", "選択肢", "choices", CHOICES_HELP),),
    "several": (
        Option("choices", "選択肢", "choices", CHOICES_HELP),
        Option("least", "少なくとも何個", "whole"),
        Option("most", "多くて何個", "whole"),
    ),
    "date": (
        Option("when", "どんな日か", "when"),
        Option("birthday", "生年月日である", "tick"),
    ),
    "name": (Option("reading", "フリガナも聞く", "tick"),),
    "address": (
        Option("here", "町内の住所を選べる", "tick"),
        Option("elsewhere", "町外の住所も書ける", "tick"),
    ),
    "file": (
        Option("accepts", "受け取るもの", "accepts"),
        Option("most", "いくつまで", "whole"),
        Option("megabytes", "1つ何MBまで", "whole"),
    ),
    "group": (
        Option("item", "数え方", help="例: 人、頭、件"),
        Option("least", "少なくともいくつ", "whole"),
        Option("most", "多くていくつ", "whole"),
    ),
    "signature": (Option("statement", "確かめていただく文", "long"),),
    "time_slot": (Option("slots_from", "どの日時の枠か", "slots"),),
}
WHEN = [("any", "いつでもよい"), ("past", "今日か、過ぎた日"), ("future", "今日か、これからの日")]
ACCEPTS = [("photo", "写真"), ("pdf", "PDF"), ("sheet", "Excel・Word・CSV")]
SLOT_WORDS = {
    "counter_slots": "窓口", "welfare_visit_slots": "福祉の訪問",
    "family_desk_slots": "子育ての相談",
    "midwife_slots": "助産師", "postnatal_slots": "産後ケア", "temporary_care_slots": "一時預かり",
    "health_check_slots": "健診", "tax_return_slots": "申告", "tax_visit_slots": "家屋の調査",
    "relocation_slots": "移住の相談", "farmland_slots": "農地の相談",
    "damage_survey_slots": "被害の調査", "bulky_waste_slots": "粗大ごみ",
    "gym_slots": "体育館", "hall_slots": "公民館",
}  # fmt: skip


def option_field(option: Option, stored: Any) -> forms.Field:
    """The field a setting is typed into, with what stands there now."""
    made = _field(option)
    made.initial = lines_of_choices(stored or ()) if option.kind == "choices" else stored
    return made


def _field(option: Option) -> forms.Field:
    common: dict[str, Any] = {
        "label": option.label, "help_text": option.help, "required": option.kind == "choices"
    }  # fmt: skip
    match option.kind:
        case "whole":
            return forms.IntegerField(**common)
        case "tick":
            return forms.BooleanField(**common)
        case "when":
            return forms.ChoiceField(choices=WHEN, **common)
        case "slots":
            slots = [(rule.name, SLOT_WORDS.get(rule.name, rule.name)) for rule in slot_rules()]
            return forms.ChoiceField(choices=slots, **common)
        case "accepts":
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=ACCEPTS, widget=widget, **common)
        case "choices":
            area = forms.Textarea(attrs={"rows": 6})
            needed = {"required": "選択肢を1行に1つ書いてください。"}
            return forms.CharField(widget=area, error_messages=needed, **common)
        case "long":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **common)
    return forms.CharField(**common)


def lines_of_choices(choices: Iterable[Piece]) -> str:
    """The labels, one a line."""
    return "\n".join(str(choice["label"]) for choice in choices)


def choices_of_lines(text: str, before: list[Piece]) -> list[Piece]:
    """Choices from lines; what rules know a choice by stays where its label or its place does."""
    labels = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    by_label = {str(choice["label"]): choice for choice in before}
    kept = [by_label.get(label) for label in labels]
    if len(labels) == len(before):
        gone = [one for one in before if one["label"] not in labels]
        at_same_place = iter(gone)
        kept = [
            one or {**next(at_same_place), "label": label}
            for one, label in zip(kept, labels, strict=True)
        ]
    taken = {str(one["value"]) for one in (*before, *filter(None, kept))}
    made = []
    for label, one in zip(labels, kept, strict=True):
        value = str(one["value"]) if one else _free_value(taken)
        taken.add(value)
        made.append({**(one or {}), "value": value, "label": label})
    return made


def _free_value(taken: set[str]) -> str:
    number = 1
    while f"c{number}" in taken:
        number += 1
    return f"c{number}"
