"""The interviews that ship with the product: `data/interviews/*.toml`, `data/facts.toml`."""

import csv
import tomllib
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from nenrin.engines.forms.definition import Definition, Section
from nenrin.engines.forms.fields.contract import Question
from nenrin.engines.forms.fields.kinds import AnyQuestion

from .interview import FACTS, Interview

DATA = Path(__file__).parent.parent / "data"
# Asked in every interview: who they are and how to reach them.
ALWAYS = ("applicant", "birth", "home", "telephone", "email")
FACTS_TITLE = "一度だけ書くこと"
FACTS_HELP = (
    "ここに書いたことは、どの用紙にもはじめから入ります。"
    "あとで直せます。空けておいてもかまいません。"
)


@cache
def interviews() -> dict[str, Interview]:
    """Every interview by its key, in the order they are offered. Raises ValidationError."""
    paths = sorted((DATA / "interviews").glob("*.toml"))
    found = [Interview.model_validate(tomllib.loads(p.read_text("utf-8"))) for p in paths]
    return {one.key: one for one in sorted(found, key=lambda one: one.order)}


@cache
def _facts() -> dict[str, Question]:
    rows = tomllib.loads((DATA / "facts.toml").read_text("utf-8"))["questions"]
    read: TypeAdapter[Question] = TypeAdapter(AnyQuestion)
    found = [read.validate_python(row) for row in rows]
    return {question.name: question for question in found}


@cache
def facts_form(key: str) -> Definition:
    """What is written once for an interview, as a form of one page."""
    interview = interviews()[key]
    questions = []
    for name in (*interview.facts, *ALWAYS):
        words = {"label": interview.labels[name]} if name in interview.labels else {}
        questions.append(_facts()[name].model_copy(update=words))
    page = Section(name=FACTS, title=FACTS_TITLE, help=FACTS_HELP, fields=tuple(questions))
    return Definition(slug=f"facts-{key}", title=interview.title, sections=(page,))


@cache
def handed_on() -> dict[str, dict[str, str]]:
    """By form and question, the fact that answers it, beyond what its `prefill` says."""
    with (DATA / "handed_on.csv").open(encoding="utf-8") as file:
        found: dict[str, dict[str, str]] = {}
        for row in csv.DictReader(file):
            found.setdefault(row["form"], {})[row["question"]] = row["fact"]
        return found
