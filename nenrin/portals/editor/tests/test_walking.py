import pytest

from nenrin.engines.forms.models import DefinitionDraft
from nenrin.residents.procedures.models import Application
from nenrin.residents.procedures.tests.factories import publish

SLUG = "dog-registration"
HOME = f"/staff/editor/{SLUG}/"
BEGIN = {"answers": "samples", "width": "phone", "day": "2026-11-26"}


@pytest.fixture
def desk(staff_client, small_town):
    publish(SLUG)
    staff_client.post(f"{HOME}start")
    return staff_client


def draft():
    return DefinitionDraft.objects.get(slug=SLUG)


def text(answer):
    return answer.content.decode()


def post(desk, path, **typed):
    return desk.post(HOME + path, {"revision": draft().revision} | typed)


def test_a_walk_with_samples_tells_the_fee_and_the_rules_and_stores_nothing(desk):
    answer = desk.post(f"{HOME}preview", BEGIN, follow=True)
    page = text(answer)
    assert "送れます" in page and "いま効いているきまり" in page and "円" in page
    assert not Application.objects.exists()


def test_a_walk_from_nothing_asks_page_by_page(desk):
    first = desk.post(f"{HOME}preview", BEGIN | {"answers": "none"}, follow=True)
    page = text(first)
    assert "飼い主" in page and "ためしています" in page and "trial-paper phone" in page
    where = first.redirect_chain[-1][0]
    refused = desk.post(where, {"_asked": "telephone", "telephone": "x"})
    assert refused.status_code == 422 and "数字で書いてください" in text(refused)
    assert desk.post(f"{HOME}preview", BEGIN | {"day": "x"}).status_code == 400


def test_a_walk_becomes_a_test_that_blocks_publishing_when_it_breaks(desk):
    desk.post(f"{HOME}preview", BEGIN)
    assert post(desk, "examples", act="keep", name="").status_code == 302
    assert "examples" not in draft().content
    post(desk, "examples", act="keep", name="ふつうの飼い主")
    assert "合っています" in text(desk.get(f"{HOME}examples"))
    rule = {"name": "犬の登録", "amount": "tags * 4000", "article": "町手数料条例"}
    place = len(draft().content["fee"]["rules"]) - 1
    assert post(desk, f"fee/{place}", **rule).status_code == 302
    assert "のはずですが" in text(desk.get(f"{HOME}examples"))
    refused = post(desk, "check")
    assert refused.status_code == 422 and "ふつうの飼い主" in text(refused)
    post(desk, "examples", act="renew", place="0")
    assert "合っています" in text(desk.get(f"{HOME}examples"))
    assert post(desk, "check").status_code == 302
    post_again = desk.post(f"{HOME}start")
    assert post_again.status_code == 302
    post(desk, "examples", act="remove", place="0")
    assert "examples" not in draft().content


def test_a_draft_that_cannot_be_tried_says_what_to_mend(desk):
    post(desk, "add-page", title="からのページ")
    assert "項目がありません" in text(desk.get(f"{HOME}preview"))
    assert "項目がありません" in text(desk.get(f"{HOME}examples"))
    assert desk.get(f"{HOME}preview/end").status_code == 302
    assert desk.get(f"{HOME}preview/applicant").status_code == 302
    assert post(desk, "check").status_code == 422
