"""The town's households and persons, how they belong together, and what they agreed to."""

from django.db import models
from django.db.models import Q

from nenrin.core.accounts.models import User
from nenrin.core.areas.models import District, Neighbourhood
from nenrin.core.tenancy.models import TownModel


class Household(TownModel):
    """世帯 as the resident system numbers it."""

    number = models.CharField(max_length=20)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="households")
    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.PROTECT, null=True)
    address = models.CharField(max_length=120)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="people_household_number")
        ]
        indexes = [
            models.Index(
                fields=["town", "district"], condition=Q(left_on=None), name="people_living"
            )
        ]

    def __str__(self) -> str:
        return f"世帯 {self.number}"


class Person(TownModel):
    """A resident, or (without a household) someone outside the town who belongs to one."""

    class Sex(models.TextChoices):
        FEMALE = "F", "女"
        MALE = "M", "男"
        UNKNOWN = "", "不明"

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, related_name="persons"
    )
    number = models.CharField(max_length=20)
    family_name = models.CharField(max_length=40)
    given_name = models.CharField(max_length=40)
    family_name_kana = models.CharField(max_length=60)
    given_name_kana = models.CharField(max_length=60)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    is_head = models.BooleanField(default=False)
    left_on = models.DateField(null=True, blank=True)
    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="people_person_number")
        ]

    def __str__(self) -> str:
        return f"{self.family_name} {self.given_name}"


class Relation(TownModel):
    """A tie between two persons that the register does not show."""

    class Kind(models.TextChoices):
        GUARDIAN = "guardian", "保護者"
        WATCHES_OVER = "watches_over", "見守る家族"

    kind = models.CharField(max_length=20, choices=Kind)
    giver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cares_for")
    receiver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cared_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "giver", "receiver"], name="people_relation_once"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Consent(TownModel):
    """What a person agreed to, from when to when, and how it was given."""

    class Purpose(models.TextChoices):
        MESSAGES = "messages", "町からの知らせを受け取る"
        SHARE_SAFETY = "share_safety", "安否を離れて暮らす家族に伝える"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=80, help_text="本人・窓口・代理人など")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="people_one_consent",
            )
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()


class Visitor(TownModel):
    """Someone who goes to the door: 民生委員, 自主防災会, 消防団."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="visitors")
    name = models.CharField(max_length=80)
    duty = models.CharField(max_length=40)
    telephone = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.duty} {self.name}"


class Invitation(TownModel):
    """A one-time way in, given by post, at the counter or by mail; only the code's hash is kept.

    SIGN_IN links a sign-in to ``person``; WATCH lets someone else watch over ``person``.
    """

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in", "サインイン"
        WATCH = "watch", "見守り"

    kind = models.CharField(max_length=8, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(
        blank=True, help_text="empty: a printed code, which only asks for one"
    )
    code_hash = models.CharField(max_length=64)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="used or withdrawn")
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "code_hash"], name="people_invitation_code")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class CorrectionRequest(TownModel):
    """A resident says that the register is wrong; the register itself is changed by the town."""

    class Outcome(models.TextChoices):
        WAITING = "", "確認を待っています"
        DONE = "done", "直しました"
        DECLINED = "declined", "直せませんでした"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="corrections")
    words = models.CharField(max_length=400)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="")
    answer = models.CharField(max_length=400, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.get_outcome_display()


class CardIdentity(TownModel):
    """A My Number card as the sign-in service names it to this town, and whose it is.

    ``subject`` is pairwise: elsewhere it means nothing. What the card says is kept (``says``) only
    while somebody of the town hall has to look at it, and emptied with their answer.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "役場が確かめています"
        LINKED = "linked", "結びついています"
        DECLINED = "declined", "結びつけられませんでした"

    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="cards")
    user = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="who was signed in when the card first came",
    )
    says = models.JSONField(default=dict, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["first_at"]
        constraints = [
            models.UniqueConstraint(fields=["town", "issuer", "subject"], name="people_card_once"),
            models.CheckConstraint(
                condition=Q(state="linked", person__isnull=False)
                | (~Q(state="linked") & Q(person__isnull=True)),
                name="people_card_linked",
            ),
        ]

    def __str__(self) -> str:
        return f"カード {self.pk}"
