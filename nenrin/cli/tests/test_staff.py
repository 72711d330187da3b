import argparse

import pytest
from django.test import Client

from nenrin.cli.commands import staff_
from nenrin.cli.main import CommandRefused
from nenrin.core.organization.models import StaffMember
from nenrin.core.organization.roles import Role
from nenrin.core.people.models import Person
from nenrin.demo.services.load_residents import FAMILY, load_demo_residents
from nenrin.portals.account.selectors import family_answers


def _run(*words):
    parser = argparse.ArgumentParser()
    staff_.configure(parser)
    return staff_.run(parser.parse_args(words))


def test_a_towns_first_member_chooses_a_password_by_the_link(town, capsys):
    _run("add", "山田", "yamada@kaneyama.invalid")
    link = capsys.readouterr().out.splitlines()[-1]
    client, path = Client(), "/" + link.split("/", 3)[3]
    form = client.get(path, follow=True)
    words = {"password1": "sugi-no-nenrin-2026", "password2": "sugi-no-nenrin-2026"}
    client.post(form.request["PATH_INFO"], words)
    member = StaffMember.objects.select_related("user").get()
    assert member.user.check_password("sugi-no-nenrin-2026")
    assert set(member.roles) == set(Role.values)


@pytest.mark.parametrize(
    "words",
    [
        ("add", "山田", "yamada@kaneyama.invalid"),
        ("add", "山田", "no address"),
        ("add", "山田", "x@kaneyama.invalid", "--town", "000000"),
        ("code", "yamada@kaneyama.invalid"),
        ("end-sessions", "nobody@kaneyama.invalid"),
    ],
)
def test_what_cannot_be_done_is_told(town, words):
    _run("add", "山田", "yamada@kaneyama.invalid")
    with pytest.raises(CommandRefused):
        _run(*words)
    assert StaffMember.objects.count() == 1


def test_the_demos_family_member_sees_the_one_watched_over(small_town):
    load_demo_residents()
    watcher = Person.objects.get(user__email=FAMILY)
    assert family_answers(watcher)[0].is_shared
