import smtplib
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from nenrin.rehearsal.tests.running import Receipts, Rehearsal, eventually


@pytest.fixture
def post_office(rehearsal: Rehearsal) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", rehearsal.smtp_port, timeout=5) as conversation:
        yield conversation


def _mail(text: str, message_id: str = "<m-1@town>") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "town@kaneyama.example", "taro@example.jp"
    mail["Subject"], mail["Message-ID"] = "避難指示", message_id
    mail.set_content(text, charset="utf-8", cte="base64")
    return mail


def _is_read(rehearsal: Rehearsal) -> bool:
    """Whether every mail has been read and reported."""
    if rehearsal.log("mail")["waiting"]:
        return False
    return bool(rehearsal.log()["receipts"]["pending"] == 0)


def test_readers_report_by_the_url(
    rehearsal: Rehearsal, post_office: smtplib.SMTP, receipts: Receipts
) -> None:
    people = [f"person-{n}@example.jp" for n in range(30)]
    mail = _mail(f"避難してください。\n{receipts.base}/m/tok-9\n")
    mail.add_alternative("<p>避難</p>", subtype="html")
    post_office.send_message(mail, to_addrs=people)
    eventually(lambda: _is_read(rehearsal))
    log = rehearsal.log("mail")
    assert log["accepted"] == 1
    assert log["shown"] == {person: ["<m-1@town>"] for person in people}
    assert {"opened", "confirmed"} == set(receipts.states("tok-9"))


def test_the_same_mail_twice_is_counted_by_recipient(
    rehearsal: Rehearsal, post_office: smtplib.SMTP
) -> None:
    for people in (["a@example.jp", "b@example.jp"], ["a@example.jp"]):
        post_office.send_message(_mail("雪"), to_addrs=people)
    eventually(lambda: _is_read(rehearsal))
    assert rehearsal.log("mail")["duplicates"] == {"<m-1@town>": {"a@example.jp": 1}}


def test_words_in_an_old_character_set_are_read(
    rehearsal: Rehearsal, post_office: smtplib.SMTP, receipts: Receipts
) -> None:
    mail = _mail("-")
    mail.set_content(f"雪下ろし {receipts.base}/m/jis", charset="iso-2022-jp")
    post_office.send_message(mail, to_addrs=[f"p{n}@example.jp" for n in range(10)])
    eventually(lambda: _is_read(rehearsal))
    assert receipts.states("jis")


def test_scripted_mailboxes_refuse(rehearsal: Rehearsal, post_office: smtplib.SMTP) -> None:
    people = ["gone-1@example.jp", "busy-1@example.jp", "here@example.jp"]
    refused = post_office.send_message(_mail("雪"), to_addrs=people)
    assert {person: code for person, (code, _) in refused.items()} == {
        "gone-1@example.jp": 550,
        "busy-1@example.jp": 451,
    }
    eventually(lambda: _is_read(rehearsal))
    log = rehearsal.log("mail")
    assert log["refused"] == {"550": 1, "451": 1}
    assert list(log["shown"]) == ["here@example.jp"]


def test_mail_without_id_is_refused(post_office: smtplib.SMTP) -> None:
    nameless = _mail("雪")
    del nameless["Message-ID"]
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        post_office.send_message(nameless)
    assert refusal.value.smtp_code == 550


def test_mail_without_words_is_counted(rehearsal: Rehearsal, post_office: smtplib.SMTP) -> None:
    wordless = _mail("雪")
    wordless.clear_content()
    wordless.set_content(b"\x89PNG", maintype="image", subtype="png")
    post_office.send_message(wordless)
    eventually(lambda: rehearsal.log("mail")["unreadable"] == 1)
    assert rehearsal.log("mail")["shown"] == {}


def test_a_fault_is_temporary(rehearsal: Rehearsal, post_office: smtplib.SMTP) -> None:
    rehearsal.fail("mail", mode="status", status=451, count=1)
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        post_office.send_message(_mail("雪"))
    assert refusal.value.smtp_code == 451
    post_office.send_message(_mail("雪"))
    log = rehearsal.log("mail")
    assert (log["accepted"], log["faulted"]) == (1, {"451": 1})


def test_the_newest_mail_to_an_address_can_be_read(
    rehearsal: Rehearsal, post_office: smtplib.SMTP
) -> None:
    for number in ("111111", "222222"):
        post_office.send_message(_mail(number, f"<{number}@town>"), to_addrs=["A@example.jp"])
    newest = "/mail/a@example.jp"
    eventually(lambda: "222222" in (rehearsal.ask("GET", newest).json["text"] or ""))
    assert rehearsal.ask("GET", "/mail/nobody@example.jp").json == {"text": None}
