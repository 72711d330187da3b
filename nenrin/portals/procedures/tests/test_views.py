import re

import pytest
from django.test import Client

from nenrin.core.accounts.models import User
from nenrin.engines.casework.models import Case, CaseEvent, CaseState
from nenrin.engines.casework.services.tick_check import tick_check
from nenrin.engines.forms.models import FormDefinition
from nenrin.engines.forms.services.publish_version import publish_version
from nenrin.engines.surveys.models import Rating
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.services.ask_to_mend import ask_to_mend
from nenrin.residents.procedures.services.decide_application import Verdict, decide_application
from nenrin.residents.procedures.tests.factories import (
    RECORD,
    begin,
    fill,
    publish,
    record_answers,
    sent,
    shipped,
)


def _text(answer):
    return answer.content.decode()


def test_everyday_words_find_a_procedure(person):
    for slug in (RECORD, "dog-registration"):
        publish(slug)
    found = _text(Client().get("/procedures/?q=ペット"))
    assert "犬の登録" in found and "住民票" not in found
    assert "見つかりませんでした" in _text(Client().get("/procedures/?q=うちゅう"))
    assert "犬の登録" in _text(Client().get("/search?q=鑑札"))
    assert "準備しています" not in _text(Client().get("/procedures/"))


def test_a_page_says_what_it_costs_and_what_is_only_an_example(person):
    publish()
    page = _text(Client().get(f"/procedures/{RECORD}"))
    assert "町手数料条例" in page and "例" in page and "サインインしてはじめる" in page
    assert Client().get("/procedures/nowhere").status_code == 404


def test_without_a_sign_in_nothing_that_wants_one_begins(person):
    publish()
    Client().post(f"/procedures/{RECORD}/start")
    assert not Application.objects.exists()


def test_a_resident_begins_with_what_the_town_knows(mine, person):
    publish()
    page = mine.post(f"/procedures/{RECORD}/start", follow=True)
    assert person.family_name in _text(page) and "請求する人" in _text(page)
    assert Application.objects.get().answers == {}


def test_a_visitor_comes_back_with_the_code(person):
    open_form = shipped(RECORD).model_copy(update={"identity": "none", "slug": "open"})
    publish_version(definition=open_form, acting_user="t")
    here, elsewhere = Client(), Client()
    page = _text(here.post("/procedures/open/start", follow=True))
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page).group()
    address = f"/procedures/applications/{Application.objects.get().pk}/"
    assert elsewhere.get(address).status_code == 404
    assert elsewhere.post("/procedures/resume", {"code": "ABCD-EFGH-JKMN"}).status_code == 400
    assert elsewhere.post("/procedures/resume", {"code": code}).status_code == 302
    assert elsewhere.get(address).status_code == 200


def test_guessing_codes_is_stopped(person):
    client = Client()
    tries = [client.post("/procedures/resume", {"code": "x"}).status_code for _ in range(21)]
    assert tries == [400] * 20 + [429]


def test_the_review_wants_promises_and_sends_once(mine, person):
    application, _ = begin(person=person)
    fill(application, record_answers())
    address = f"/procedures/applications/{application.pk}/review"
    page = _text(mine.get(address))
    assert "684" in page and "世帯の全員" in page
    refused = mine.post(address, {"truth": "1"})
    assert refused.status_code == 422 and not Case.objects.exists()
    tap = re.search(r'name="submission" value="([^"]+)"', page).group(1)
    promised = {"truth": "1", "consent": "1", "submission": tap}
    for _ in range(2):
        answer = mine.post(address, promised, follow=True)
        assert Case.objects.get().number in _text(answer)


def test_the_review_says_what_is_missing_and_where(mine, person):
    application, _ = begin(person=person)
    page = _text(mine.get(f"/procedures/applications/{application.pk}/review"))
    assert f"/procedures/applications/{application.pk}/sections/copy" in page
    assert 'name="submission"' not in page


def test_only_what_was_asked_opens_again(mine, person):
    application = sent(person)
    ask_to_mend(
        application=application, fields=["telephone"], words="番号がちがいます", acting_user="d"
    )
    home = f"/procedures/applications/{application.pk}/"
    assert "番号がちがいます" in _text(mine.get(home))
    page = _text(mine.get(f"{home}sections/applicant"))
    assert 'name="telephone"' in page and 'name="birth.year"' not in page
    assert mine.get(f"{home}sections/copy").status_code == 404
    typed = {"_asked": ["telephone", "birth"], "telephone": "0233520000", "birth.year": "1"}
    assert mine.post(f"{home}sections/applicant", typed).headers["Location"].endswith("review")
    mine.post(f"{home}review", {"truth": "1", "consent": "1"})
    application.refresh_from_db()
    assert application.answers == record_answers(telephone="0233520000")
    assert application.case.state == CaseState.REVIEW


def test_what_was_sent_does_not_open(mine, person):
    application = sent(person)
    address = f"/procedures/applications/{application.pk}/sections/copy"
    assert mine.get(address).status_code == 302
    mine.post(address, {"_asked": ["copies"], "copies": "9"})
    application.refresh_from_db()
    assert application.answers["copies"] == 2


def test_the_decision_is_read_and_rated_once(mine, person):
    application = sent(person)
    for item in application.case.checks.all():
        tick_check(case=application.case, key=item.key, is_done=True, acting_user="d")
    verdict = Verdict("approved", "交付する。", "法12条")
    decision = decide_application(application=application, verdict=verdict, acting_user="d")
    home = f"/procedures/applications/{application.pk}/"
    assert "決定通知書" in _text(mine.get(home))
    assert mine.get(f"/files/{decision.document_id}").status_code == 200
    assert Client().get(f"/files/{decision.document_id}").status_code == 404
    for face in ("3", "1"):
        mine.post(f"{home}rating", {"face": face})
    assert Rating.objects.get(topic="procedure").face == 1
    assert mine.post(f"{home}rating", {}).status_code == 400


def test_a_draft_of_an_older_form_is_told_what_changed(mine, person):
    application, _ = begin(person=person)
    fill(application, record_answers())
    newer = shipped(RECORD).model_copy(update={"minutes": 6})
    publish_version(definition=newer, acting_user="t")
    home = f"/procedures/applications/{application.pk}/"
    assert "様式が新しくなりました" in _text(mine.get(home))
    mine.post(f"{home}adopt")
    application.refresh_from_db()
    assert application.version.number == 2 and application.answers == record_answers()


def test_withdrawing_and_writing(mine, person):
    application = sent(person)
    home = f"/procedures/applications/{application.pk}/"
    assert mine.post(f"{home}message", {"words": ""}).status_code == 400
    refused = mine.post(f"{home}message", {"words": "番号は123456789018です"})
    assert refused.status_code == 400 and "マイナンバー" in _text(refused)
    assert not CaseEvent.objects.filter(words__contains="123456789018").exists()
    mine.post(f"{home}message", {"words": "急いでいます"})
    assert "急いでいます" in _text(mine.get(home))
    mine.post(f"{home}withdraw", {"words": ""})
    assert Case.objects.get().state == CaseState.WITHDRAWN
    assert "取り下げました" in _text(mine.get("/procedures/applications/"))


def test_another_resident_finds_nothing(person):
    application = sent(person)
    client = Client()
    client.force_login(User.objects.create_user("x@example.invalid", name="x"))
    for part in ("", "review", "sections/copy"):
        path = f"/procedures/applications/{application.pk}/{part}"
        assert client.get(path).status_code == 404


def test_what_was_typed_when_the_session_ended_is_there_again(mine, person):
    application, _ = begin(person=person)
    page = f"/procedures/applications/{application.pk}/sections/applicant"
    mine.get(page)
    mine.logout()
    typed = {"_asked": ["telephone", "applicant"], "telephone": "0233-52-2111"}
    typed |= {"applicant.family": "金山", "applicant.given": "花子"}
    ended = mine.post(page, typed)
    assert ended.status_code == 404 and "いま書いたページも残してあります" in _text(ended)
    assert Client().get(page).status_code == 404
    mine.force_login(person.user)
    again = _text(mine.get(page))
    assert 'value="0233-52-2111"' in again and "サインインの前に" in again
    assert 'value="花子"' in again
    application.refresh_from_db()
    assert application.answers["telephone"]
    assert "サインインの前に" not in _text(mine.get(page))


def test_a_my_number_is_not_kept_for_later(mine, person):
    application, _ = begin(person=person)
    page = f"/procedures/applications/{application.pk}/sections/applicant"
    stranger = Client()
    answer = stranger.post(page, {"_asked": "telephone", "telephone": "123456789018"})
    assert "いま書いたページも" not in _text(answer) and "left_over" not in stranger.session


def test_the_back_button_shows_the_newest_answers(mine, person):
    application, _ = begin(person=person)
    fill(application, record_answers())
    page = f"/procedures/applications/{application.pk}/sections/copy"
    answer = mine.get(page)
    assert "no-store" in answer["Cache-Control"]
    mine.post(page, {"_asked": ["copies"], "copies": "4"})
    assert 'value="4"' in _text(mine.get(page))


def test_two_tabs_of_one_draft_lose_nothing(mine, person):
    application, _ = begin(person=person)
    fill(application, record_answers())
    home = f"/procedures/applications/{application.pk}"
    for page, typed in (
        ("sections/applicant", {"_asked": ["telephone"], "telephone": "0233-52-9999"}),
        ("sections/copy", {"_asked": ["copies"], "copies": "5"}),
    ):
        mine.post(f"{home}/{page}", typed)
    application.refresh_from_db()
    assert (application.answers["copies"], application.answers["telephone"]) == (5, "0233529999")
    taps = [
        re.search(r'submission" value="([^"]+)', _text(mine.get(f"{home}/review"))).group(1)
        for _ in range(2)
    ]
    for tap in taps:
        answer = mine.post(
            f"{home}/review", {"truth": "1", "consent": "1", "submission": tap}, follow=True
        )
        assert Case.objects.get().number in _text(answer)
    late = mine.post(f"{home}/sections/copy", {"_asked": ["copies"], "copies": "9"}, follow=True)
    assert "もう送られています" in _text(late)


@pytest.mark.parametrize("family", ["髙﨑", "𠮷野家", "葛\U000e0100城", "花👩‍🌾"])
def test_names_are_kept_and_shown_as_they_are(mine, person, family):
    application, _ = begin(person=person)
    page = f"/procedures/applications/{application.pk}/sections/applicant"
    typed = {"_asked": ["applicant"], "applicant.family": family, "applicant.given": "花子"}
    mine.post(page, typed | {"applicant.family_kana": "ｶﾅﾔﾏ", "applicant.given_kana": "はなこ"})
    application.refresh_from_db()
    kept = application.answers["applicant"]
    assert (kept["family"], kept["family_kana"], kept["given_kana"]) == (
        family,
        "カナヤマ",
        "ハナコ",
    )
    assert family in _text(mine.get(page))


def test_the_scoreboard_counts_what_is_open_and_says_what_stands_in_the_way(person):
    assert "準備しています" in _text(Client().get("/procedures/progress"))
    for slug in (RECORD, "dog-registration"):
        publish(slug)
    page = _text(Client().get("/procedures/progress"))
    assert "<strong>2</strong> の手続き" in page and "鑑札を手渡すため。" in page
    FormDefinition.objects.filter(slug=RECORD).update(is_open=False)
    assert "<strong>1</strong> の手続き" in _text(Client().get("/procedures/progress"))


def test_the_guide_sheet_is_a_pdf_with_what_to_bring(person):
    guided = shipped(RECORD).model_copy(update={"guide": "窓口は8時30分から。\n番号札をとります。"})
    publish_version(definition=guided, acting_user="t")
    assert "番号札をとります" in _text(Client().get(f"/procedures/{RECORD}"))
    answer = Client().get(f"/procedures/{RECORD}/guide.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert Client().get("/procedures/nowhere/guide.pdf").status_code == 404


def test_a_draft_of_an_older_version_is_told_on_the_page_that_sends(mine, person):
    application, _ = begin(person=person)
    fill(application, record_answers())
    review = f"/procedures/applications/{application.pk}/review"
    assert "様式が新しくなりました" not in _text(mine.get(review))
    changed = shipped(RECORD).model_copy(update={"ending": "pickup"})
    publish_version(definition=changed, acting_user="t")
    assert "様式が新しくなりました" in _text(mine.get(review))
    page = _text(mine.get(f"/procedures/applications/{application.pk}/"))
    assert "家から最後まで → 窓口で受け取り" in page
