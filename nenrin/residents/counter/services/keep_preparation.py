"""Begin an interview, keep what was answered, hand it to the counter, and finish it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from nenrin.core.audit.services.record_act import record_act
from nenrin.core.people.models import Household, Person

from ..codes import hash_of_code, new_code
from ..models import OpenedForm, Preparation
from ..sealing import seal, unseal

KEPT = timedelta(days=30)
PURPOSE = "preparation"


class CounterRefused(Exception):
    """That cannot be done at the counter now; the text says what to do, in Japanese."""


@dataclass(frozen=True)
class Comer:
    """For whom an interview is held, as far as that is known, and by which mouth."""

    mouth: Preparation.Mouth
    person: Person | None = None
    household: Household | None = None


@transaction.atomic
def start_preparation(*, interview: str, comer: Comer, acting_user: str) -> tuple[Preparation, str]:
    """Begin an interview; returns it with the code to come back with."""
    code = new_code()
    preparation = Preparation.objects.create(
        interview=interview,
        code_hash=hash_of_code(PURPOSE, code),
        expires_at=timezone.now() + KEPT,
        **vars(comer),
    )
    _note(preparation, "start", acting_user, interview=interview)
    return preparation, code


@transaction.atomic
def keep_answers(*, preparation: Preparation, part: str, answers: Mapping[str, Any]) -> None:
    """Keep one part of what was said; it changes with every page, so the trail does not tell it."""
    found = locked(preparation)
    content = {**unseal(found.pk, found.sealed), part: dict(answers)}
    found.sealed = preparation.sealed = seal(found.pk, content)
    found.save(update_fields=["sealed"])


@transaction.atomic
def receive_preparation(*, preparation: Preparation, acting_user: str) -> Preparation:
    """The clerk opened it at the counter; opened again, the first time stands."""
    found = locked(preparation)
    if found.received_at is None:
        found.received_at, found.received_by = timezone.now(), acting_user
        found.save(update_fields=["received_at", "received_by"])
        _note(found, "receive", acting_user)
    return found


@transaction.atomic
def name_comer(*, preparation: Preparation, person: Person, acting_user: str) -> None:
    """The clerk found the person in the register."""
    found = locked(preparation)
    found.person, found.household = person, person.household
    found.save(update_fields=["person", "household"])
    _note(found, "name", acting_user)


@transaction.atomic
def identify_comer(*, preparation: Preparation, acting_user: str) -> None:
    """The clerk looked at the person's papers: it holds for every form of this visit."""
    found = locked(preparation)
    if found.identified_at is None:
        found.identified_at = timezone.now()
        found.save(update_fields=["identified_at"])
        _note(found, "identify", acting_user)


@transaction.atomic
def note_form(*, preparation: Preparation, slug: str, application: UUID, acting_user: str) -> None:
    """A form was begun from the answers, or anew after its draft was erased; it fills from here."""
    OpenedForm.objects.update_or_create(
        preparation=locked(preparation),
        slug=slug,
        defaults={"application": application, "opened_by": acting_user},
    )


@transaction.atomic
def finish_preparation(*, preparation: Preparation, acting_user: str) -> None:
    """The visit is over: what was said and written is erased at once, and its code ends."""
    found = locked(preparation)
    found.finished_at = timezone.now()
    _empty(found)
    _note(found, "finish", acting_user)


@transaction.atomic
def erase_preparation(*, preparation: Preparation, acting_user: str) -> None:
    """The person takes it back, or its time is over: nothing of it stays."""
    found = Preparation.objects.select_for_update().get(pk=preparation.pk)
    _note(found, "erase", acting_user)
    found.delete()


def locked(preparation: Preparation) -> Preparation:
    """The preparation, locked, while it may be changed. Raises CounterRefused."""
    found = Preparation.objects.select_for_update(no_key=True).filter(pk=preparation.pk).first()
    if found is None or found.is_over or found.expires_at <= timezone.now():
        raise CounterRefused("この準備はもう終わっています。新しく始めてください。")
    return found


def _empty(found: Preparation) -> None:
    found.sealed, found.code_hash = "", ""
    found.person, found.household = None, None
    found.save(update_fields=["sealed", "code_hash", "person", "household", "finished_at"])


def _note(found: Preparation, verb: str, actor: str, **detail: str) -> None:
    record_act(
        actor=actor,
        action=f"counter.preparation_{verb}",
        subject=f"preparation:{found.pk}",
        detail=detail,
    )
