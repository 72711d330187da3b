"""Every page of the resolver, tried by everyone who may not have it.

Columns: nobody signed in, or staff of another town at our address; a resident of ours who may not;
anyone at another town's address.

| who may open it | not signed in here | a resident | elsewhere |
|---|---|---|---|
| STAFF | to the sign-in page | 403 | 404 for a thing of ours |
| SIGNED_IN | to the sign-in page | as everyone here | 404 for a thing of ours |
| RESIDENT | to the sign-in page, or 404 | 404 for another's household | 404 |
| LINK | as the link says; 404 where the link is changed | same | 404 |
| PUBLIC | as everyone | as everyone | 404 for a thing of ours |

405 is always right: no such way in. A page of `ASKS_FIRST` shows its question and refuses with
400. Nothing that was tried changes a row of our town, and no answer holds one of our secrets.
"""

import pytest
from django.test import Client

from .pages import ARGUMENTS, ASKS_FIRST, BY_NAME, WITHOUT_CSRF, Who
from .walk import Address, every_address
from .world import OUR_HOST, SECRETS, World

WAYS = ("get", "post")
TO_SIGN_IN = "/accounts/login/"


def _knock(client: Client, way: str, path: str):
    answer = getattr(client, way)(path)
    to = answer.headers.get("Location", "") if answer.status_code == 302 else ""
    return answer, "sign-in" if to.startswith(TO_SIGN_IN) else answer.status_code


def _told(answer) -> list[str]:
    text = b"" if answer.streaming else answer.content
    return [secret for secret in SECRETS if secret.encode() in text]


def _also_right(address: Address, way: str) -> set[object]:
    if address.name in ASKS_FIRST:
        return {405, 200 if way == "get" else 400}
    return {405}


def _walk(world: World, visitor: str, chosen, right) -> list[str]:
    """What went wrong: answers not in ``right``, secrets told, acts done."""
    wrong, before = [], world.rows()
    for address in every_address():
        if not chosen(address):
            continue
        for way in WAYS:
            answer, outcome = _knock(world.clients[visitor], way, address.path(world))
            if outcome not in right | _also_right(address, way):
                wrong.append(f"{visitor}: {way} {address.route} gave {outcome}")
            if _told(answer):
                wrong.append(f"{visitor}: {way} {address.route} tells {_told(answer)}")
    if world.rows() != before:
        wrong.append(f"{visitor} has done something in our town")
    return wrong


def test_every_url_has_its_line_in_the_table():
    missing = [line for address in every_address() for line in address.missing]
    assert not missing, "add to tests/security/pages.py:\n" + "\n".join(missing)


def test_the_table_has_no_line_for_a_url_that_is_gone():
    addresses = every_address()
    names = {address.name for address in addresses}
    parts = {part for address in addresses for part in address.parts}
    parts |= {f"{address.name}.{part}" for address in addresses for part in address.parts}
    assert sorted(BY_NAME.keys() - names) == []
    assert sorted(ARGUMENTS.keys() - parts) == []
    assert sorted(WITHOUT_CSRF - names) == []


def test_whoever_may_open_a_page_gets_it(world):
    """So that the refusals below mean something."""
    rightful = {Who.STAFF: "staff", Who.RESIDENT: "owner", Who.SIGNED_IN: "owner"}
    wrong = []
    for address in every_address():
        client = world.clients[rightful.get(address.who, "anonymous")]
        if address.who is Who.SIGN_IN or address.name == "cap":
            continue
        status = client.get(address.path(world)).status_code
        if status not in (200, 302, 405):
            wrong.append(f"{address.route} gave {status}")
    assert wrong == []


@pytest.mark.parametrize("visitor", ["anonymous", "their staff at our door"])
def test_who_is_not_signed_in_here_is_sent_to_the_sign_in(world, visitor):
    closed = {
        Who.STAFF: {"sign-in"},
        Who.SIGNED_IN: {"sign-in"},
        Who.RESIDENT: {"sign-in", 404},
    }
    for who, right in closed.items():
        assert _walk(world, visitor, lambda a, who=who: a.who is who, right) == []


@pytest.mark.parametrize("visitor", ["owner", "neighbour"])
def test_a_resident_opens_no_page_of_the_staff(world, visitor):
    assert _walk(world, visitor, lambda a: a.who is Who.STAFF, {403}) == []


def test_a_resident_opens_nothing_of_another_household(world):
    private = _walk(
        world, "neighbour", lambda a: a.who is Who.RESIDENT and a.names_ours, {404, 403}
    )
    assert private == []


@pytest.mark.parametrize("visitor", ["their staff", "their resident", "nobody at their door"])
def test_at_another_towns_address_nothing_of_ours_is_there(world, visitor):
    right = {404, 403, "sign-in"}
    ours = _walk(world, visitor, lambda a: a.names_ours and a.who is not Who.SIGN_IN, right)
    assert ours == []


@pytest.mark.parametrize("visitor", ["their staff", "their resident", "nobody at their door"])
def test_no_page_of_another_town_tells_a_secret_or_breaks(world, visitor):
    every_way_out = {200, 302, 400, 403, 404, 429, "sign-in"}
    assert _walk(world, visitor, lambda a: True, every_way_out) == []


def test_a_link_that_was_changed_opens_nothing(world):
    wrong = []
    for address in every_address():
        if address.who is not Who.LINK:
            continue
        path = address.path(world)
        for changed in (path[:-1] + ("a" if path[-1] != "a" else "b"), path[:-3], path + "x"):
            for way in WAYS:
                answer, outcome = _knock(world.clients["anonymous"], way, changed)
                if outcome not in {404} | _also_right(address, way) or _told(answer):
                    wrong.append(f"{way} {changed} gave {outcome} {_told(answer)}")
    assert wrong == []


def test_no_page_takes_a_form_from_another_site(world):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False, HTTP_HOST=OUR_HOST)
    strict.cookies = world.clients["staff"].cookies
    wrong, before = [], world.rows()
    for address in every_address():
        if address.name in WITHOUT_CSRF:
            continue
        status = strict.post(address.path(world), HTTP_ORIGIN="https://evil.example").status_code
        if status not in (403, 405):
            wrong.append(f"{address.route} gave {status}")
    assert wrong == [] and world.rows() == before
