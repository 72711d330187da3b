"""What a town has besides its people: a notice with a document, a plan, something to look after."""

from django.utils import timezone

from nenrin.core.files.tests.samples import PDF
from nenrin.core.people.models import Household
from nenrin.engines.measures.models import Goal, Step
from nenrin.life.watch.models import Concern
from nenrin.residents.notices.models import Document
from nenrin.residents.notices.services.publish_notice import NoticeText, Upload, publish_notice
from nenrin.residents.support.models import Trouble
from nenrin.residents.support.services.ask_support import Asked, ask_support
from nenrin.townhall.plan.services.set_up_plan import set_up_plan


def make_town_things(household: Household) -> dict[str, object]:
    """One of each, by the names of address parts."""
    set_up_plan()
    text = NoticeText(kind="magazine", topic="snow", title="秘密沢の雪", body="秘密沢へ")
    notice, _ = publish_notice(text=text, uploads=[Upload("秘密沢.pdf", PDF)], acting_user="t")
    concern = Concern.objects.create(
        household=household, kind=Concern.Kind.CALL, opened_at=timezone.now(), note="himitsu"
    )
    asked = Asked("秘密野 花子", "0233-00-0000", household.district, Trouble.TABLET, "himitsu")
    return {
        "support": ask_support(asked=asked, person=None, acting_user="t").pk,
        "concern": concern.pk,
        "document": Document.objects.get().pk,
        "goal": Goal.objects.filter(gauge="")[0].key,
        "notice": notice.pk,
        "step": Step.objects.all()[0].pk,
    }
