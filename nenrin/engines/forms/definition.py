"""A form as data: what is asked, under which rules, and what follows from it."""

import string
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from .example import Example
from .fields import plugs as _every_kind  # noqa: F401
from .fields.contract import Expression, Frozen, Identifier, Question, Words
from .fields.kinds import AnyQuestion
from .fields.rich.group import GroupQuestion

PLACEHOLDERS = frozenset({"number", "title", "day", "office", "fee"})
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Section(Frozen):
    """One page of the form. ``show`` must be certain to appear, ``skip`` certain to leave out.

    ``identity`` is what the applicant must be known by before this page opens.
    """

    name: Identifier
    title: Words
    help: str = ""
    show: Expression = ""
    skip: Expression = ""
    identity: Literal["", "login", "card"] = ""
    fields: Annotated[tuple[AnyQuestion, ...], Field(min_length=1, max_length=60)]


class Block(Frozen):
    """When this is true the form cannot be sent; ``message`` says why and what to do instead."""

    when: Expression
    message: Words
    article: str = ""


class FeeRule(Frozen):
    """An amount, and the article that sets it. The first rule whose ``when`` is true holds.

    Without an ``amount`` it is settled and told later.
    """

    name: Words
    amount: int | Expression | None = None
    when: Expression = ""
    article: str = ""
    is_example: bool = False


class Fee(Frozen):
    """What it costs and when that is paid."""

    pay: Literal["before", "after", "on_pickup", "on_site"] = "before"
    note: str = ""
    rules: Annotated[tuple[FeeRule, ...], Field(min_length=1)]


class Signer(Frozen):
    """Somebody who signs besides the applicant: a witness, a joint applicant, a guarantor.

    ``count`` different persons sign while ``when`` is true; each sees the pages named in ``sees``
    (all where none is named) and must be known by ``identity``.
    """

    name: Identifier
    label: Words
    count: Annotated[int, Field(ge=1, le=10)] = 1
    identity: Literal["contact", "login", "card"] = "contact"
    when: Expression = ""
    sees: tuple[Identifier, ...] = ()
    statement: Words = "上の内容を読みました。まちがいがないので、署名します。"


class LegalBasis(Frozen):
    """A law or by-law; an example is one that a town has to confirm before it relies on it."""

    name: Words
    url: str = ""
    is_example: bool = False


class Notice(Frozen):
    """What the applicant hears at a turn of the case."""

    at: Literal["received", "returned", "approved", "refused", "ready", "closed"]
    title: Words
    body: Annotated[str, Field(min_length=1, max_length=2000)]

    @field_validator("title", "body")
    @classmethod
    def _has_known_places(cls, text: str) -> str:
        used = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        strange = sorted(used - PLACEHOLDERS)
        if strange:
            known = "、".join(sorted(PLACEHOLDERS))
            raise ValueError(f"{{{strange[0]}}} は使えません。使えるもの: {known}")
        return text


class Stage(Frozen):
    """What is asked after an approval, by another form; ``due_days`` count from the decision."""

    form: Slug
    title: Annotated[str, Field(min_length=1, max_length=60)]
    due_days: Annotated[int, Field(ge=1, le=730)] | None = None
    help: Annotated[str, Field(max_length=400)] = ""


def _file_by_default(data: Any) -> Any:
    return {"kind": "file", **data} if isinstance(data, dict) else data


Attachment = Annotated[AnyQuestion, BeforeValidator(_file_by_default)]


class Definition(Frozen):
    """Everything a form is. Published content never changes; a change is a new version.

    ``guide`` is the sheet for applicants; ``obstacle`` says what keeps it from ending at home.
    With ``identity`` card, a card held more than ``card_minutes`` before sending is asked for
    again; ``without_card`` says whether the desk may look instead.
    """

    format: Literal[1] = 1
    slug: Slug
    title: Words
    summary: Annotated[str, Field(max_length=1000)] = ""
    group: Annotated[str, Field(max_length=40)] = ""
    keywords: tuple[str, ...] = ()
    owner: Annotated[str, Field(max_length=60)] = ""
    decides: Annotated[str, Field(max_length=60)] = ""
    decision_words: Annotated[str, Field(max_length=1000)] = ""
    identity: Literal["none", "contact", "login", "card"] = "none"
    card_minutes: Annotated[int, Field(ge=1, le=1440)] = 30
    without_card: Literal["desk", "refused"] = "desk"
    needs_card_signature: bool = False
    signers: tuple[Signer, ...] = ()
    ending: Literal["online", "pickup", "visit"] = "online"
    minutes: Annotated[int, Field(ge=1, le=240)] = 5
    working_days: Annotated[int, Field(ge=0, le=400)] | None = None
    retention_years: Annotated[int, Field(ge=0, le=100)] | None = None
    belongings: tuple[str, ...] = ()
    guide: Annotated[str, Field(max_length=4000)] = ""
    obstacle: Annotated[str, Field(max_length=400)] = ""
    legal_basis: tuple[LegalBasis, ...] = ()
    staff_note: str = ""
    is_complete: bool = False
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=30)]
    attachments: tuple[Attachment, ...] = ()
    blocks: tuple[Block, ...] = ()
    fee: Fee | None = None
    notices: tuple[Notice, ...] = ()
    stages: Annotated[tuple[Stage, ...], Field(max_length=6)] = ()
    is_stage: bool = False
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _names_are_clear(self) -> Self:
        questions = [question.name for _, question in self.questions()]
        sections = [section.name for section in self.pages]
        for name, count in [*Counter(questions).items(), *Counter(sections).items()]:
            if count > 1:
                raise ValueError(f"「{name}」という名前が{count}回使われています。")
        for _, question in self.questions():
            if isinstance(question, GroupQuestion):
                hidden = {inner.name for inner in question.fields} & set(questions)
                if hidden:
                    words = f"くり返し「{question.name}」の中の「{min(hidden)}」は外にもあります。"
                    raise ValueError(f"{words}別の名前にしてください。")
        turns = [notice.at for notice in self.notices]
        if len(turns) != len(set(turns)):
            raise ValueError("同じ時の通知が二つあります。")
        return self

    @model_validator(mode="after")
    def _signers_are_clear(self) -> Self:
        roles = [signer.name for signer in self.signers]
        if len(roles) != len(set(roles)):
            raise ValueError("署名する人の名前が二つ同じです。")
        strange = {page for signer in self.signers for page in signer.sees} - {
            page.name for page in self.pages
        }
        if strange:
            raise ValueError(f"署名する人に見せる「{min(strange)}」というページはありません。")
        return self

    @property
    def pages(self) -> tuple[Section, ...]:
        """The sections, and the attachments as the last of them."""
        if not self.attachments:
            return self.sections
        last = Section(name="attachments", title="添付するもの", fields=self.attachments)
        return (*self.sections, last)

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Every question outside groups, in the order they are asked."""
        for section in self.pages:
            for question in section.fields:
                yield section, question
