"""Who may release, and who may be the second person."""

from nenrin.core.accounts.models import User
from nenrin.core.organization.models import StaffMember
from nenrin.core.organization.roles import Role

from .models import DraftStep, MessageDraft
from .refusals import DraftRefused

HEADS = ("長",)


def may_release(user: User) -> bool:
    """Whether this person holds the role that lets messages go."""
    member = StaffMember.objects.filter(user=user, user__is_active=True).first()
    return bool(member and member.holds(Role.ALERTS))


def check_may_release(user: User) -> None:
    """Raises DraftRefused for a person without the role."""
    if not may_release(user):
        raise DraftRefused(
            f"送るには「{Role.ALERTS.label}」の役割が要ります。役割のある人に頼んでください。"
        )


def is_second_person(draft: MessageDraft, user: User) -> bool:
    """Whether this person had no hand in the draft."""
    asked = draft.steps.filter(act=DraftStep.Act.ASKED).values_list("by", flat=True)
    return user.pk not in {draft.author_id, draft.edited_by_id, *asked}


def is_head_over(draft: MessageDraft, user: User) -> bool:
    """Whether this person heads the section of the draft's author (課長・係長 …)."""
    member = StaffMember.objects.filter(user=user).first()
    author = StaffMember.objects.filter(user=draft.author_id).first()
    return bool(
        member and author and member.section_id == author.section_id and member.post.endswith(HEADS)
    )
