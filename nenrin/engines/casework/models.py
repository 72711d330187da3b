"""Cases, what happened to them, what has to be checked, and how they were decided."""

from django.db import models
from django.db.models import Q

from nenrin.core.files.models import StoredFile
from nenrin.core.organization.fiscal_years import reiwa
from nenrin.core.organization.models import Section, StaffMember
from nenrin.core.people.models import Household, Person
from nenrin.core.tenancy.models import TownModel


class CaseState(models.TextChoices):
    """Received → in review → asked back and mended, as often as needed → decided, or withdrawn.

    A case of several stages waits after a decision for the next paper, and is received again.
    """

    RECEIVED = "received", "受け付けました"
    REVIEW = "review", "審査しています"
    ASKED = "asked", "直しをお願いしています"
    NEXT = "next", "次の書類を待っています"
    DECIDED = "decided", "決まりました"
    WITHDRAWN = "withdrawn", "取り下げました"


OPEN_STATES = (CaseState.RECEIVED, CaseState.REVIEW, CaseState.ASKED, CaseState.NEXT)
# The desk has nothing to do while the applicant has: no deadline runs.
DESK_STATES = (CaseState.RECEIVED, CaseState.REVIEW)


class CaseCounter(TownModel):
    """The last number given in a fiscal year."""

    fiscal_year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "fiscal_year"], name="casework_one_counter")
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.last}"


class Case(TownModel):
    """One thing that the town handles. ``kind`` groups cases of one sort; ``title`` is for people.

    While the applicant mends something the clock stands still: ``asked_on`` is when it stopped.
    ``stage`` counts from 1; while the next paper is waited for, ``due`` is the applicant's day.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=400)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.RECEIVED)
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    assignee = models.ForeignKey(
        StaffMember, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    deadline = models.DateField(null=True)
    asked_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    stage = models.PositiveSmallIntegerField(default=1)
    stage_title = models.CharField(max_length=60, blank=True)
    due = models.DateField(null=True)

    class Meta:
        ordering = ["deadline", "opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "fiscal_year", "serial"], name="casework_number"
            )
        ]
        indexes = [
            models.Index(
                fields=["section", "deadline"],
                condition=Q(state__in=["received", "review", "asked"]),
                name="casework_queue",
            ),
            models.Index(fields=["household", "opened_at"], name="casework_household"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """受付番号: R8-00012."""
        return f"{reiwa(self.fiscal_year)}-{self.serial:05}"

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in OPEN_STATES


class CaseEvent(TownModel):
    """What happened, in order. Only ever added: the database refuses to change or delete it."""

    class Kind(models.TextChoices):
        RECEIVED = "received", "受け付けました"
        ASSIGNED = "assigned", "担当が決まりました"
        REVIEWED = "reviewed", "審査を始めました"
        ASKED = "asked", "直しをお願いしました"
        MENDED = "mended", "直したものが届きました"
        TO_APPLICANT = "to_applicant", "役場からの連絡"
        FROM_APPLICANT = "from_applicant", "申請した人からの連絡"
        NOTE = "note", "メモ"
        CHECKED = "checked", "確かめました"
        DECIDED = "decided", "決まりました"
        WITHDRAWN = "withdrawn", "取り下げました"
        HANDED_OFF = "handed_off", "ほかの仕組みへ渡しました"
        NEXT = "next", "次の書類をお願いしました"
        ENTERED = "entered", "次の書類を受け付けました"
        READY = "ready", "お渡しできます"
        HANDED = "handed", "お渡ししました"
        ARRIVED = "arrived", "書類が届きました"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind)
    words = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["case", "made_at"], name="casework_timeline")]

    def __str__(self) -> str:
        return self.get_kind_display()


# What the applicant reads on their own page; the rest is the desk's.
APPLICANT_KINDS = (
    CaseEvent.Kind.RECEIVED,
    CaseEvent.Kind.REVIEWED,
    CaseEvent.Kind.ASKED,
    CaseEvent.Kind.MENDED,
    CaseEvent.Kind.TO_APPLICANT,
    CaseEvent.Kind.FROM_APPLICANT,
    CaseEvent.Kind.DECIDED,
    CaseEvent.Kind.WITHDRAWN,
    CaseEvent.Kind.NEXT,
    CaseEvent.Kind.ENTERED,
    CaseEvent.Kind.READY,
    CaseEvent.Kind.HANDED,
    CaseEvent.Kind.ARRIVED,
)


class CheckItem(TownModel):
    """One thing to look at before the case is decided."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="checks")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="casework_check_once")]

    def __str__(self) -> str:
        return self.label


class Decision(TownModel):
    """How a stage was decided, on what grounds, and the paper that says so. Never changed."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "認める"
        REFUSED = "refused", "認めない"

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="decisions", related_query_name="decision"
    )
    stage = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=8, choices=Outcome)
    words = models.TextField()
    grounds = models.TextField()
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.CharField(max_length=120)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["stage"]
        constraints = [
            models.UniqueConstraint(fields=["case", "stage"], name="casework_decided_once")
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Collection(TownModel):
    """What is fetched at the counter or goes by post once a case is decided, and that it did."""

    class Way(models.TextChoices):
        VISIT = "visit", "窓口で渡す"
        POST = "post", "郵送する"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="collection")
    way = models.CharField(max_length=5, choices=Way)
    words = models.TextField(blank=True)
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    done_by = models.CharField(max_length=120, blank=True)
    done_at = models.DateTimeField(null=True)
    done_words = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(done_at=None), name="casework_to_collect")
        ]

    def __str__(self) -> str:
        return self.get_way_display()


class HandOff(TownModel):
    """One file of cases that left for another system. Only ever added."""

    form = models.CharField(max_length=40)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.form} {self.made_at:%Y-%m-%d}"


class HandOffLine(TownModel):
    """A case that was in the file, at the stage it had then."""

    hand_off = models.ForeignKey(HandOff, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hand_offs")
    stage = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_off", "case"], name="casework_once_in_a_file")
        ]

    def __str__(self) -> str:
        return f"{self.hand_off_id}: {self.case_id}"
