"""Who may open which page: the one table to extend when a page is added.

`BY_PREFIX` decides for whole parts of the address space, `BY_NAME` for single URLs by their name.
`ARGUMENTS` says what stands for each part of an address that varies: something of our town that
nobody else may reach (`ours`), or a word that every town knows (`word`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Who(Enum):
    """Who may open a page."""

    PUBLIC = "everyone"
    LINK = "who holds the link, whose secret stands in the address"
    SIGNED_IN = "whoever is signed in here"
    RESIDENT = "a signed-in person, for their own household"
    STAFF = "staff of the town, with two factors"
    SIGN_IN = "the sign-in library's pages"


BY_PREFIX: tuple[tuple[str, Who], ...] = (
    ("api/", Who.PUBLIC),
    ("staff/", Who.STAFF),
    ("my/", Who.RESIDENT),
    ("accounts/", Who.SIGN_IN),
)

BY_NAME: dict[str, Who] = {
    "application": Who.RESIDENT,
    "application_adopt": Who.RESIDENT,
    "application_contact": Who.RESIDENT,
    "application_invite_signer": Who.RESIDENT,
    "application_message": Who.RESIDENT,
    "application_next": Who.RESIDENT,
    "application_pay": Who.RESIDENT,
    "application_payment": Who.RESIDENT,
    "application_receipt": Who.RESIDENT,
    "application_rating": Who.RESIDENT,
    "application_review": Who.RESIDENT,
    "application_section": Who.RESIDENT,
    "application_signature": Who.RESIDENT,
    "application_signers": Who.RESIDENT,
    "application_withdraw": Who.RESIDENT,
    "applications": Who.PUBLIC,
    "cap": Who.PUBLIC,
    "counter": Who.PUBLIC,
    "counter_booking": Who.RESIDENT,
    "counter_booking_cancel": Who.RESIDENT,
    "counter_booking_new": Who.PUBLIC,
    "counter_bookings": Who.PUBLIC,
    "counter_code": Who.LINK,
    "counter_erase": Who.RESIDENT,
    "counter_face": Who.LINK,
    "counter_form": Who.RESIDENT,
    "counter_guide": Who.RESIDENT,
    "counter_kiosk": Who.LINK,
    "counter_kiosk_ticket": Who.LINK,
    "counter_part": Who.RESIDENT,
    "counter_resume": Who.PUBLIC,
    "counter_screen": Who.PUBLIC,
    "counter_sheet": Who.RESIDENT,
    "counter_start": Who.PUBLIC,
    "counter_take": Who.PUBLIC,
    "counter_ticket": Who.LINK,
    "counter_ticket_cancel": Who.LINK,
    "counter_tickets": Who.PUBLIC,
    "card_keys": Who.PUBLIC,
    "card_return": Who.SIGN_IN,
    "card_standing": Who.PUBLIC,
    "card_start": Who.SIGN_IN,
    "contact_ask": Who.PUBLIC,
    "contact_code": Who.PUBLIC,
    "delivered_message": Who.LINK,
    "door": Who.PUBLIC,
    "feed": Who.PUBLIC,
    "home": Who.PUBLIC,
    "household_card": Who.SIGNED_IN,
    "invitation": Who.LINK,
    "manifest": Who.PUBLIC,
    "my_payments": Who.PUBLIC,
    "notice": Who.PUBLIC,
    "notice_confirm": Who.SIGNED_IN,
    "notices": Who.PUBLIC,
    "offline": Who.PUBLIC,
    "payment_webhook": Who.PUBLIC,
    "procedure": Who.PUBLIC,
    "procedure_guide": Who.PUBLIC,
    "procedure_resume": Who.PUBLIC,
    "procedure_start": Who.PUBLIC,
    "procedures": Who.PUBLIC,
    "procedures_progress": Who.PUBLIC,
    "public_message": Who.PUBLIC,
    "public_plan": Who.PUBLIC,
    "rate_message": Who.LINK,
    "receive": Who.PUBLIC,
    "receive_off": Who.PUBLIC,
    "receive_on": Who.PUBLIC,
    "receive_renew": Who.PUBLIC,
    "receive_state": Who.PUBLIC,
    "receive_test": Who.PUBLIC,
    "search": Who.PUBLIC,
    "service_worker": Who.PUBLIC,
    "settings": Who.PUBLIC,
    "shelters": Who.PUBLIC,
    "sign": Who.LINK,
    "sign_decline": Who.LINK,
    "sign_withdraw": Who.LINK,
    "support": Who.PUBLIC,
    "stored_file": Who.RESIDENT,
    "tablet_call": Who.PUBLIC,
    "take_answer": Who.LINK,
    "tablet_home": Who.PUBLIC,
    "tablet_pair": Who.LINK,
    "tablet_well": Who.PUBLIC,
    "turn_switch": Who.PUBLIC,
    "visitor_list": Who.LINK,
}

# Pages that a form of another site may post to, because no cookie decides there.
WITHOUT_CSRF: frozenset[str] = frozenset(
    {"payment_webhook", "receive_renew", "take_answer", "turn_switch"}
)

# Pages behind a link that only ask "shall I?" when read, and refuse a wrong link with 400.
ASKS_FIRST: frozenset[str] = frozenset({"tablet_pair"})


@dataclass(frozen=True)
class Argument:
    """A value for one part of an address; ``is_ours`` where it names a thing of our town."""

    value: Callable[[Any], object]
    is_ours: bool


def ours(value: Callable[[Any], object]) -> Argument:
    """Something of the town under attack, taken from the world of `world.py`."""
    return Argument(value, True)


def word(value: object) -> Argument:
    """The same in every town."""
    return Argument(lambda world: value, False)


# By the part's name, or by "URL name.part" where one name means different things.
ARGUMENTS: dict[str, Argument] = {
    "code": ours(lambda world: world.pairing_code),
    "door.key": word("news"),
    "file": ours(lambda world: world.file.pk),
    "household": ours(lambda world: world.household.number),
    "message": ours(lambda world: world.message.pk),
    "token": ours(lambda world: world.token),
    # What the town has: see `things/town_things.py`.
    "concern": ours(lambda world: world.belongings["concern"]),
    "notice": ours(lambda world: world.belongings["notice"]),
    "staff_goal.key": ours(lambda world: world.belongings["goal"]),
    "step": ours(lambda world: world.belongings["step"]),
    # What the desk and the boards hold: see `things/alert_things.py`.
    "case": ours(lambda world: world.belongings["case"]),
    "desk_decide.act": word("ask"),
    "desk_follow.kind": word("update"),
    "desk_take_over.message": ours(lambda world: world.belongings["telegram message"]),
    "draft": ours(lambda world: world.belongings["draft"]),
    "event": ours(lambda world: world.belongings["event"]),
    "number": ours(lambda world: world.belongings["number"]),
    "opening": ours(lambda world: world.belongings["opening"]),
    "shelter": ours(lambda world: world.belongings["shelter"]),
    "visitor_list.token": ours(lambda world: world.belongings["visit token"]),
    # What was applied for: see `things/applied_things.py`.
    "application": ours(lambda world: world.belongings["application"]),
    "application_invite_signer.application": ours(lambda world: world.belongings["signed form"]),
    "application_signature.act": word("remind"),
    "application_signature.application": ours(lambda world: world.belongings["signed form"]),
    "application_signers.application": ours(lambda world: world.belongings["signed form"]),
    "card": ours(lambda world: world.belongings["card"]),
    "question": word("telephone"),
    "owed": ours(lambda world: world.belongings["owed"]),
    "payment": ours(lambda world: world.belongings["payment"]),
    "provider": word("stripe"),
    "section": word("applicant"),
    "sign.code": ours(lambda world: world.belongings["sign code"]),
    "sign_decline.code": ours(lambda world: world.belongings["sign code"]),
    "sign_withdraw.code": ours(lambda world: world.belongings["sign code"]),
    "signature": ours(lambda world: world.belongings["signature"]),
    "slug": ours(lambda world: world.belongings["form"]),
    "staff_case.case": ours(lambda world: world.belongings["applied case"]),
    # The draft of that form: see `things/applied_things.py`.
    "editor_preview_page.section": word("applicant"),
    "holder": word("p-applicant"),
    "name": word("applicant"),
    "place": word(0),
    # What the counter holds: see `things/counter_things.py`.
    "booking": ours(lambda world: world.belongings["booking"]),
    "counter_code.code": ours(lambda world: world.belongings["preparation code"]),
    "counter_face.token": ours(lambda world: world.belongings["face"]),
    "counter_kiosk.token": ours(lambda world: world.belongings["kiosk"]),
    "counter_kiosk_ticket.token": ours(lambda world: world.belongings["kiosk"]),
    "interview": word("papers"),
    "part": word("questions"),
    "preparation": ours(lambda world: world.belongings["preparation"]),
    "resource": ours(lambda world: world.belongings["resource"]),
    "service": ours(lambda world: world.belongings["service"]),
    "staff_counter_asked.token": ours(lambda world: world.belongings["face"]),
    "staff_counter_resource.key": ours(lambda world: world.belongings["resource"]),
    "staff_counter_service.code": ours(lambda world: world.belongings["service"]),
    "staff_counter_window.number": word("new"),
    "ticket": ours(lambda world: world.belongings["ticket"]),
    "staff_case_next.case": ours(lambda world: world.belongings["applied case"]),
    "staff_case_scan_page.scan": ours(lambda world: world.belongings["scan"]),
    "staff_case_scan_page.number": word(1),
    # What belongs to a person: see `things/belongings.py`.
    "asked": ours(lambda world: world.belongings["asked"]),
    "staff_support_request.asked": ours(lambda world: world.belongings["support"]),
    "endpoint": ours(lambda world: world.belongings["endpoint"]),
    "invitation": ours(lambda world: world.belongings["invitation"]),
    "invitation.code": ours(lambda world: world.belongings["code"]),
    "member": ours(lambda world: world.belongings["member"]),
    "my_consent.purpose": word("messages"),
    "person": ours(lambda world: world.belongings["person"]),
    "relation": ours(lambda world: world.belongings["relation"]),
    "session": ours(lambda world: world.belongings["session"]),
    "staff_household.household": ours(lambda world: world.belongings["household"]),
    "staff_ladder.severity": word(3),
    # The sign-in library's.
    "account_confirm_email.key": word("MQ:abc"),
    "account_reset_password_from_key.key": word("abc-def"),
    "pk": ours(lambda world: world.passkey.pk),
    "uidb36": ours(lambda world: world.uidb36),
}
