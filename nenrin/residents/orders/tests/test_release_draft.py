from datetime import timedelta

import pytest
from django.utils import timezone

from nenrin.core.audit.models import AuditEntry
from nenrin.core.events.models import OutboxEvent
from nenrin.core.messaging.models import HouseholdReach, Message
from nenrin.core.messaging.tests.drafts import make_message
from nenrin.residents.orders.drafts import Aim, seal_of
from nenrin.residents.orders.models import EvacuationOrder
from nenrin.residents.orders.refusals import DraftRefused
from nenrin.residents.orders.selectors import (
    consent_rules,
    order_for_district,
    orders_in_force,
    unreviewed_releases,
    waiting_for_consent,
)
from nenrin.residents.orders.services.ask_consent import ask_consent, return_draft, take_back
from nenrin.residents.orders.services.close_event import close_event
from nenrin.residents.orders.services.discard_draft import discard_draft
from nenrin.residents.orders.services.release_draft import (
    consent_and_release,
    release_alone,
    release_draft,
    review_release,
)
from nenrin.residents.orders.services.save_draft import save_aim, save_words
from nenrin.residents.orders.services.set_consent_rules import NEVER, set_consent_rules
from nenrin.residents.orders.services.start_draft import (
    follow_event,
    open_telegram_draft,
    start_draft,
)
from nenrin.residents.orders.words import Proposal

from .desk import give_order, lived_in, make_staff, order_aim, release_with_consent

HOUR = timedelta(hours=1)


@pytest.fixture
def author(small_town):
    return make_staff("kaku")


@pytest.fixture
def second(author):
    return make_staff("yomu")


@pytest.fixture
def order(author):
    return start_draft(aim=order_aim(lived_in()), acting_user=author)


def test_an_order_goes_out_when_another_person_agrees(order, author, second):
    ask_consent(draft=order, acting_user=author)
    assert waiting_for_consent(second) == [order] and waiting_for_consent(author) == []
    households = consent_and_release(draft=order, seal=seal_of(order), acting_user=second)
    order.refresh_from_db()
    assert order.message.released_at and order.message.title.startswith("警戒レベル4 避難指示")
    assert HouseholdReach.objects.filter(message=order.message).count() == households > 0
    assert order.message.translations["en"]["title"].startswith("Alert Level 4")
    assert {o.district for o in orders_in_force()} == set(order.districts)
    assert all(o.label == "警戒レベル4 避難指示" for o in orders_in_force())
    assert OutboxEvent.objects.filter(name="OrdersChanged").count() == 1


def test_nobody_agrees_to_their_own_words(order, author):
    ask_consent(draft=order, acting_user=author)
    with pytest.raises(DraftRefused, match="書いていない人"):
        consent_and_release(draft=order, seal=seal_of(order), acting_user=author)
    assert not EvacuationOrder.objects.exists()


def test_without_the_role_nobody_releases(order, author, small_town):
    clerk = make_staff("clerk", roles=())
    ask_consent(draft=order, acting_user=author)
    assert waiting_for_consent(clerk) == []
    with pytest.raises(DraftRefused, match="役割"):
        consent_and_release(draft=order, seal=seal_of(order), acting_user=clerk)
    with pytest.raises(DraftRefused, match="役割"):
        release_alone(draft=order, reason="だれもいません", acting_user=clerk)


def test_a_consent_is_to_the_words_that_were_read(order, author, second):
    ask_consent(draft=order, acting_user=author)
    read = seal_of(order)
    take_back(draft=order, acting_user=author)
    words = Proposal("警戒レベル4", "ほかの文", "", "", "", "")
    save_words(draft=order, words=words, acting_user=author)
    ask_consent(draft=order, acting_user=author)
    with pytest.raises(DraftRefused, match="文が変わりました"):
        consent_and_release(draft=order, seal=read, acting_user=second)


def test_asked_words_are_frozen_and_come_back_with_a_reason(order, author, second):
    ask_consent(draft=order, acting_user=author)
    with pytest.raises(DraftRefused, match="取り下げて"):
        save_aim(draft=order, aim=order_aim(lived_in(1)), acting_user=author)
    with pytest.raises(DraftRefused, match="理由"):
        return_draft(draft=order, reason=" ", acting_user=second)
    return_draft(draft=order, reason="地区が足りません", acting_user=second)
    order.refresh_from_db()
    assert order.state == "writing"
    assert order.steps.last().words == "地区が足りません"
    assert "足りません" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_an_order_is_not_released_without_consent(order, author):
    with pytest.raises(DraftRefused, match="もう一人の同意"):
        release_draft(draft=order, acting_user=author)


def test_alone_with_a_reason_that_others_see_and_review(order, author, second):
    with pytest.raises(DraftRefused, match="理由"):
        release_alone(draft=order, reason="急", acting_user=author)
    release_alone(draft=order, reason="夜中で、だれにも電話がつながりません", acting_user=author)
    assert [draft.pk for draft in unreviewed_releases(second)] == [order.pk]
    assert unreviewed_releases(author) == []
    with pytest.raises(DraftRefused, match="自分では"):
        review_release(draft=order, acting_user=author)
    review_release(draft=order, acting_user=second)
    assert unreviewed_releases(second) == []
    assert AuditEntry.objects.filter(action="orders.broke_glass").count() == 1


def test_the_head_of_the_section_sees_what_was_done_alone(order, author):
    head = make_staff("kacho", roles=(), post="課長")
    stranger = make_staff("hito", roles=(), post="課長", section="seisaku")
    release_alone(draft=order, reason="夜中でだれもいません", acting_user=author)
    assert unreviewed_releases(head) and not unreviewed_releases(stranger)


def test_a_second_release_is_refused_with_who_and_when(order, author, second):
    release_with_consent(order, author, second)
    with pytest.raises(DraftRefused, match=r"yomuさんが.*二度は送れません"):
        consent_and_release(draft=order, seal=seal_of(order), acting_user=second)
    with pytest.raises(DraftRefused, match="二度は"):
        release_alone(draft=order, reason="もう一度送ります", acting_user=author)
    assert Message.objects.filter(released_at__isnull=False).count() == 1


def test_an_everyday_notice_needs_nobody_else(author):
    aim = Aim(kind="news", hazard="other", is_whole_town=True)
    draft = start_draft(aim=aim, acting_user=author)
    words = Proposal("断水のお知らせ", "明日の朝、水が止まります。", "", "", "", "")
    save_words(draft=draft, words=words, acting_user=author)
    assert release_draft(draft=draft, acting_user=author) == 60
    assert orders_in_force() == []


def test_what_is_missing_is_said_and_the_draft_is_kept(author, order):
    nobody = start_draft(aim=order_aim([]), acting_user=author)
    with pytest.raises(DraftRefused, match="地区を選んで"):
        ask_consent(draft=nobody, acting_user=author)
    past = order_aim(lived_in(), expires_at=timezone.now() - HOUR)
    save_aim(draft=order, aim=past, acting_user=author)
    with pytest.raises(DraftRefused, match="過ぎています"):
        ask_consent(draft=order, acting_user=author)
    order.refresh_from_db()
    assert order.state == "writing" and order.body


def test_raised_and_lifted_in_one_district_leaves_the_other(author, second):
    first, other = lived_in(2)
    give_order(author, second, [first, other], level=3)
    raised = give_order(author, second, [first], level=4)
    assert [o.level for o in orders_in_force()] == [4, 3]
    old = EvacuationOrder.objects.get(district=first, level=3)
    assert old.ending == "changed" and old.lifted_by == raised.message
    assert raised.event.drafts.count() == 2 and raised.message.supersedes
    lift = follow_event(event=raised.event, kind="lift", acting_user=author)
    assert set(lift.districts) == {first.pk, other.pk} and "解除しました" in lift.title
    only = order_aim([first], kind="lift", level=None)
    save_aim(draft=lift, aim=only, acting_user=author)
    lift.refresh_from_db()
    release_with_consent(lift, author, second)
    assert [o.district for o in orders_in_force()] == [other.pk]
    assert order_for_district(first.pk) is None
    lift.refresh_from_db()
    assert not lift.message.ends_earlier
    with pytest.raises(DraftRefused, match="先に解除"):
        close_event(event=raised.event, acting_user=author)
    rest = follow_event(event=raised.event, kind="lift", acting_user=author)
    release_with_consent(rest, author, second)
    rest.refresh_from_db()
    assert rest.message.ends_earlier
    with pytest.raises(DraftRefused, match="もう解除"):
        follow_event(event=raised.event, kind="update", acting_user=author)
    close_event(event=raised.event, acting_user=author)
    with pytest.raises(DraftRefused, match="終わって"):
        follow_event(event=raised.event, kind="update", acting_user=author)


def test_an_update_extends_and_keeps_since(author, second):
    given = give_order(author, second, lived_in(1))
    since = orders_in_force()[0].since
    update = follow_event(event=given.event, kind="update", acting_user=author)
    assert update.title == given.title and update.expires_at > given.expires_at
    release_with_consent(update, author, second)
    assert orders_in_force()[0].since == since
    update.refresh_from_db()
    assert update.message.supersedes == given.message


def test_lifting_where_nothing_stands_is_refused(author, second):
    first, other = lived_in(2)
    given = give_order(author, second, [first])
    lift = follow_event(event=given.event, kind="lift", acting_user=author)
    save_aim(draft=lift, aim=order_aim([other], kind="lift"), acting_user=author)
    lift.refresh_from_db()
    with pytest.raises(DraftRefused, match=other.name):
        ask_consent(draft=lift, acting_user=author)


def test_a_drill_is_apart_from_the_real_thing(author, second):
    district = lived_in(1)
    drill = give_order(author, second, district, is_drill=True)
    assert orders_in_force() == [] and len(orders_in_force(is_drill=True)) == 1
    assert drill.message.is_drill
    real = give_order(author, second, district)
    assert real.event != drill.event and real.message.supersedes is None
    assert not orders_in_force(is_drill=None)[0].is_drill


def test_words_nobody_changed_follow_the_districts(author, order):
    first, _ = lived_in(2)
    changed = save_aim(draft=order, aim=order_aim([first]), acting_user=author)
    assert changed.title == f"警戒レベル4 避難指示（{first.name}）"
    save_words(
        draft=order, words=Proposal("わたしの題", "本文", "", "", "", ""), acting_user=author
    )
    again = save_aim(draft=order, aim=order_aim(lived_in(2)), acting_user=author)
    assert again.title == "わたしの題"


def test_a_telegrams_draft_is_taken_over_and_goes_out_as_itself(author, second):
    made = make_message(severity=3)
    draft = open_telegram_draft(message=made, hazard="flood", acting_user=author)
    assert open_telegram_draft(message=made, hazard="flood", acting_user=second) == draft
    words = Proposal("川に近づかないで", "水がふえています。", "", "", "", "")
    save_words(draft=draft, words=words, acting_user=author)
    release_draft(draft=draft, acting_user=author)
    made.refresh_from_db()
    assert made.released_at and made.title == "川に近づかないで" and made.source == "test"


def test_a_telegrams_draft_is_given_up_only_with_a_reason(author):
    made = make_message(severity=3)
    draft = open_telegram_draft(message=made, hazard="flood", acting_user=author)
    with pytest.raises(DraftRefused, match="理由"):
        discard_draft(draft=draft, reason="", acting_user=author)
    discard_draft(draft=draft, reason="山の上だけの話です", acting_user=author)
    with pytest.raises(DraftRefused, match="取りやめ"):
        release_draft(draft=draft, acting_user=author)
    made.refresh_from_db()
    assert made.released_at is None


def test_the_consent_of_orders_cannot_be_switched_off(author):
    with pytest.raises(DraftRefused, match="外せません"):
        set_consent_rules(rules={"order": NEVER}, acting_user=author)
    set_consent_rules(rules={"news": 0, "lift": NEVER}, acting_user=author)
    assert consent_rules()["news"] == 0 and consent_rules()["order"] == 0
