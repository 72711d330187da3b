"""Definitions as files people edit: YAML without its traps (docs/adr/0005)."""

import re
from typing import Any

import yaml
from pydantic import ValidationError

from .definition import Definition
from .faults import DefinitionRefused, Fault

LARGEST = 500_000
ONE_LINE = 100
WORDS = {
    "model_type": "は「名前: 値」の組で書いてください。",
    "invalid_key": "の「: 」の左は文字で書いてください。",
    "missing": "がありません。書いてください。",
    "extra_forbidden": "という項目は使えません。名前を確かめてください。",
    "string_too_short": "が空です。",
    "string_too_long": "が長すぎます。",
    "string_type": 'は文字で書いてください（数字のときは "…" で囲みます）。',
    "int_type": "は数字で書いてください。",
    "int_parsing": "は数字で書いてください。",
    "bool_type": "は true か false で書いてください。",
    "bool_parsing": "は true か false で書いてください。",
    "tuple_type": "は - の並びで書いてください。",
    "string_pattern_mismatch": "は小文字の英字・数字・- だけで書いてください。",
    "too_short": "が足りません。",
    "greater_than_equal": "が小さすぎます。",
    "less_than_equal": "が大きすぎます。",
}


class _PlainLoader(yaml.SafeLoader):
    """Only JSON's scalars: `no`, `on`, 12:30 and 2026-04-01 stay the texts they look like."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "&と*は使えません。", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                words = "「: 」の左は文字だけです。"
                raise yaml.constructor.ConstructorError(None, None, words, key.start_mark)
            if key.value in seen:
                words = f"「{key.value}」が二度書かれています。"
                raise yaml.constructor.ConstructorError(None, None, words, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )


def read_definition(text: str) -> Definition:
    """The definition in a file's text (YAML; JSON is YAML too). Raises DefinitionRefused."""
    if len(text) > LARGEST:
        raise DefinitionRefused([Fault("ファイル", "大きすぎます。")])
    try:
        content = yaml.load(text, _PlainLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        raise DefinitionRefused([_yaml_fault(error)]) from error
    return read_content(content)


def read_content(content: object) -> Definition:
    """The definition in plain data, as the database keeps it. Raises DefinitionRefused."""
    try:
        return Definition.model_validate(content)
    except ValidationError as error:
        found = error.errors(include_url=False)
        # A list is short as well when one of what it holds was refused: that alone is said.
        inner = [one for one in found if one["type"] != "too_short"]
        faults = [_fault(one, content) for one in inner or found]
        raise DefinitionRefused(faults) from error


def write_content(definition: Definition) -> dict[str, Any]:
    """Plain data from which `read_content` makes the same definition; defaults are left out."""
    content = definition.model_dump(mode="json", exclude_defaults=True)
    return {"format": definition.format, **content}


def write_definition(definition: Definition) -> str:
    """The definition as a file's text."""
    content = write_content(definition)
    return str(
        yaml.dump(
            content,
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=100_000,
            default_flow_style=None,
        )
    )


class _Dumper(yaml.SafeDumper):
    """Short entries on one line, long texts as blocks; lists are set in."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:
        node = super().represent_mapping(tag, mapping, flow_style)
        shown = sum(len(str(item)) + 4 for pair in mapping.items() for item in pair)
        if shown > ONE_LINE:
            node.flow_style = False
        return node


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _yaml_fault(error: Exception) -> Fault:
    mark = getattr(error, "problem_mark", None)
    place = f"{mark.line + 1}行目" if mark else "ファイル"
    problem = str(getattr(error, "problem", "") or "")
    words = (
        problem if "。" in problem else "書き方がくずれています。字下げと「: 」を確かめてください。"
    )
    return Fault(place, words)


def _fault(error: Any, content: object) -> Fault:
    place = _place(error["loc"], content)
    kind, message = error["type"], str(error["msg"])
    if kind in WORDS:
        return Fault(place, WORDS[kind])
    if kind == "literal_error":
        return Fault(place, f"は次のどれかです: {error['ctx']['expected'].replace(' or ', '、')}")
    if kind == "value_error":
        return Fault(place, message.removeprefix("Value error, "))
    return Fault(place, "の値はここに使えません。")


def _place(location: tuple[int | str, ...], content: object) -> str:
    """`sections › applicant › fields › birth › show`: names instead of positions."""
    words, held = [], content
    for step in location:
        try:
            held = held[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            held = None
        name = held.get("name") if isinstance(held, dict) and isinstance(step, int) else None
        words.append(str(name or step))
    return " › ".join(words) or "ファイル"
