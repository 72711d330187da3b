import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nenrin.core.accounts.models import User
from nenrin.core.files.tests.samples import PNG
from nenrin.core.messaging.models import Delivery
from nenrin.core.messaging.states import DeliveryState
from nenrin.core.people.models import Person
from nenrin.residents.notices.models import Notice, NoticeRead
from nenrin.residents.notices.services.publish_notice import NoticeText, publish_notice

GIVEN = {"kind": "news", "topic": "snow", "title": "雪おろしの手伝い", "body": "申し込めます。"}


@pytest.fixture
def notice(small_town):
    text = NoticeText(**GIVEN | {"kind": "circular"})
    made, _ = publish_notice(text=text, uploads=[], acting_user="tester")
    return made


@pytest.fixture
def resident(notice):
    reached = Delivery.objects.filter(message=notice.message, endpoint__isnull=False).first()
    person = Person.objects.filter(household=reached.household).first()
    user = User.objects.create_user("me@example.invalid", name=str(person))
    person.user = user
    person.save()
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_everyone_reads_notices_by_topic(notice):
    assert "雪おろしの手伝い" in Client().get("/notices?topic=snow").content.decode()
    assert "雪おろしの手伝い" not in Client().get("/notices?topic=child").content.decode()
    assert "申し込めます。" in Client().get(f"/notices/{notice.pk}").content.decode()
    assert Client().get("/notices/999").status_code == 404


def test_a_resident_sees_what_is_unread_and_confirms_a_circular(notice, resident):
    assert "まだ" in resident.get("/notices").content.decode()
    assert "見ました（つぎの家へ）" in resident.get(f"/notices/{notice.pk}").content.decode()
    assert NoticeRead.objects.count() == 1
    page = resident.post(f"/notices/{notice.pk}/confirm", follow=True).content.decode()
    assert "見たことが役場に伝わっています" in page and "1軒が見ました" in page
    assert Delivery.objects.filter(state=DeliveryState.CONFIRMED).count() == 1


def test_confirming_needs_a_sign_in(notice):
    assert Client().post(f"/notices/{notice.pk}/confirm").status_code == 302


def test_staff_publish_and_nothing_typed_is_lost(small_town, staff_client):
    wrong = GIVEN | {"document": SimpleUploadedFile("a.pdf", PNG)}
    refused = staff_client.post("/staff/notices/new", wrong)
    assert refused.status_code == 400 and "申し込めます。" in refused.content.decode()
    assert not Notice.objects.exists()
    done = staff_client.post("/staff/notices/new", GIVEN, follow=True)
    assert "60 世帯に送り始めました" in done.content.decode()
    round_page = staff_client.get(f"/staff/notices/{Notice.objects.get().pk}/round")
    assert "班をまわり終えました" in round_page.content.decode()


def test_the_desk_is_for_staff(small_town):
    for address in ("/staff/notices/", "/staff/notices/new"):
        assert Client().get(address).status_code == 302
