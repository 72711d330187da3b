"""A telephone among the answers is proved by a text that the SMS gateway delivers."""

import re

import pytest

from nenrin.core.messaging.models import Channel
from nenrin.core.messaging.transports.tests.local_server import Reply, serving
from nenrin.engines.forms.definition_file import read_definition
from nenrin.engines.forms.services.publish_version import publish_version
from nenrin.rehearsal.tests.running import running
from nenrin.residents.procedures.models import Identity, Mouth
from nenrin.residents.procedures.services.drafts.start_application import Starter, start_application
from nenrin.residents.procedures.tests.factories import fill

FORM = """
slug: ring-me
title: 電話の手続き
owner: 住民係
identity: none
sections:
  - name: who
    title: 連絡先
    fields:
      - {kind: telephone, name: phone, label: 電話, verify: true}
"""
PHONE = "09012345678"


@pytest.fixture
def draft(person):
    version = publish_version(definition=read_definition(FORM), acting_user="t")
    starter = Starter(Mouth.PHONE, Identity.LOGIN, person.user, person, person.household)
    made, _ = start_application(version=version, starter=starter, acting_user="t")
    fill(made, {"phone": PHONE})
    return made


def _gateway(base, ca_file="", is_enabled=True):
    options = {"api_base": base, "token_env": "NENRIN_SMS_TOKEN", "ca_file": ca_file}
    Channel.objects.create(kind="sms", name="SMS", options=options, is_enabled=is_enabled)


def _ask(client, draft, commits):
    with commits(execute=True):
        return client.post(f"/procedures/applications/{draft.pk}/contact/phone", follow=True)


def test_the_code_that_came_by_text_proves_the_number(
    mine, draft, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setenv("NENRIN_SMS_TOKEN", "secret")
    with serving(lambda _: Reply(202)) as gateway:
        _gateway(gateway.base)
        _ask(mine, draft, django_capture_on_commit_callbacks)
        text = gateway.seen[0].content["text"]
    review = f"/procedures/applications/{draft.pk}/review"
    code = re.search(r"(?<!\d)\d{6}(?!\d)", text)[0]
    assert text.startswith("【金山町】")
    assert mine.post(f"/contact/code?next={review}", {"code": code}).headers["Location"] == review
    mine.get(review)
    draft.refresh_from_db()
    assert draft.reached == {"phone": PHONE}


def test_the_rehearsals_gateway_takes_it(
    mine, draft, monkeypatch, tmp_path, django_capture_on_commit_callbacks
):
    monkeypatch.setenv("NENRIN_SMS_TOKEN", "rehearsal-sms")
    with running(tmp_path / "rehearsal") as rehearsal:
        _gateway(rehearsal.origin, str(rehearsal.state_dir / "ca.pem"))
        _ask(mine, draft, django_capture_on_commit_callbacks)
        log = rehearsal.log("sms")
    assert log["accepted"] == 1 and list(log["shown"]) == ["+819012345678"]


def test_a_number_that_no_text_reaches_is_said_so(mine, draft, django_capture_on_commit_callbacks):
    _gateway("http://127.0.0.1:1", is_enabled=False)
    answer = _ask(mine, draft, django_capture_on_commit_callbacks)
    assert "この番号には、番号を送れません" in answer.content.decode()
