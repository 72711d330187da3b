"""Fill a draft with its template's words."""

from django.utils import timezone

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code

from ..drafts import WORDS, districts_of, proposal_in
from ..levels import ENDINGS, Kind
from ..models import MessageDraft
from ..selectors import newest_message, standing_orders
from ..words import Place, Proposal, Subject, propose_words


def proposal_for(draft: MessageDraft) -> Proposal:
    """What the template says for this draft now."""
    town = Town.objects.get(pk=current_town_code())
    places = () if draft.is_whole_town else tuple(_places(draft))
    earlier = newest_message(draft.event) if draft.event else None
    subject = Subject(
        kind=draft.kind,
        level=draft.level,
        hazard=draft.hazard,
        town=town.name,
        town_en=town.name_en,
        places=places,
        at=timezone.now(),
        earlier=earlier.title if earlier else "",
        ordered=_ordered(draft),
    )
    return propose_words(subject)


def _ordered(draft: MessageDraft) -> str:
    """Names of the orders that stand in the draft's districts, the strongest first."""
    if draft.event is None or draft.kind not in ENDINGS:
        return ""
    meant = {district.pk for district in districts_of(draft)}
    labels = [o.label for o in standing_orders(draft.event) if o.district_id in meant]
    return "・".join(dict.fromkeys(labels))


def _places(draft: MessageDraft) -> list[Place]:
    return [Place(district.name, district.name_kana) for district in districts_of(draft)]


def propose_into(draft: MessageDraft) -> None:
    """Write the template's words into a draft; not saved."""
    proposal = proposal_for(draft)
    for name in WORDS:
        setattr(draft, name, getattr(proposal, name))
    draft.proposal = proposal.digest


def is_edited(draft: MessageDraft) -> bool:
    """Whether staff have changed the template's words; a telegram's words count as edited."""
    return draft.kind == Kind.WEATHER or draft.proposal != proposal_in(draft).digest


def reading_lags(draft: MessageDraft) -> bool:
    """Whether the words were changed while the text to be read aloud is still the template's."""
    if draft.kind == Kind.WEATHER or not draft.reading:
        return False
    return is_edited(draft) and draft.reading == proposal_for(draft).reading
