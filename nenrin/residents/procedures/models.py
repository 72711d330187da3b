"""Applications: a pinned version of a form, its answers, and the case it became."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from nenrin.core.accounts.models import User
from nenrin.core.files.models import StoredFile
from nenrin.core.messaging.models import Message
from nenrin.core.people.models import CardIdentity, Household, Person
from nenrin.core.tenancy.models import TownModel
from nenrin.engines.casework.models import Case
from nenrin.engines.forms.models import DefinitionVersion


class Mouth(models.TextChoices):
    """By which of the four mouths of one form the answers came."""

    PHONE = "phone", "スマホ・パソコン"
    COUNTER = "counter", "窓口"
    TELEPHONE = "telephone", "電話"
    PAPER = "paper", "紙"


class Identity(models.TextChoices):
    """How sure the town is of who applies; the order is the strength."""

    NONE = "none", "確かめていない"
    CONTACT = "contact", "連絡先"
    LOGIN = "login", "サインイン"
    DESK = "desk", "職員が確かめた"
    CARD = "card", "マイナンバーカード"


class Application(TownModel):
    """Answers to one version of a form; without a ``case`` it is a draft.

    ``code_hash`` belongs to the code by which somebody without a sign-in comes back.
    ``open_fields`` are the questions that the desk asked to mend. A later ``stage`` of a case is an
    application of its own that ``follows`` the first. ``warned_at``: when a draft's owner was told
    that it will be erased; ``erased_at``: when the answers were, their time being over.
    ``identity_at`` is when the applicant proved who they are; ``reached`` are contacts, by
    question, where a code was read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(DefinitionVersion, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="applications")
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="followers"
    )
    stage = models.PositiveSmallIntegerField(default=1)
    mouth = models.CharField(max_length=9, choices=Mouth, default=Mouth.PHONE)
    typed_by = models.CharField(max_length=120)
    identity = models.CharField(max_length=7, choices=Identity, default=Identity.NONE)
    identity_at = models.DateTimeField(null=True)
    card = models.ForeignKey(CardIdentity, on_delete=models.SET_NULL, null=True, related_name="+")
    reached = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict)
    open_fields = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    fee = models.JSONField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "code_hash"],
                condition=~Q(code_hash=""),
                name="procedures_code_once",
            ),
            models.UniqueConstraint(fields=["case", "stage"], name="procedures_stage_of_case"),
            models.UniqueConstraint(fields=["follows", "stage"], name="procedures_stage_once"),
        ]
        indexes = [models.Index(fields=["user", "changed_at"], name="procedures_mine")]

    def __str__(self) -> str:
        return f"申請 {self.pk}"

    @property
    def sent_case(self) -> Case:
        """The case of an application that was sent. Raises ValueError for a draft."""
        if self.case is None:
            raise ValueError("a draft has no case")
        return self.case

    @property
    def is_draft(self) -> bool:
        """Whether it was not sent yet."""
        return self.case_id is None


class ApplicationRevision(TownModel):
    """The answers as they were sent, the first time and after each mending. Never changed.

    ``submission`` is made by the page: a second sending with it finds the first one's work done.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="revisions")
    submission = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    sent_by = models.CharField(max_length=120)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="procedures_revision_number"
            ),
            models.UniqueConstraint(
                fields=["application", "submission"], name="procedures_submission_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} 第{self.number}回"


class ApplicationFile(TownModel):
    """A file that belongs to an application: only its applicant and the desk read it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.question


class ApplicationNotice(TownModel):
    """What the applicant was told at a turn; without a message it has to go by post."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notices")
    turn = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    body = models.TextField()
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.title


class Signature(TownModel):
    """Somebody who signs an application besides its applicant.

    ``who`` are keyed hashes by which two signatures of one person are told. ``digest`` is of what
    was signed: when an answer of it changes, the signature is void and asked for again.
    """

    class State(models.TextChoices):
        INVITED = "invited", "署名を待っています"
        SIGNED = "signed", "署名しました"
        DECLINED = "declined", "署名しないと答えました"
        VOID = "void", "答えが変わったので、もう一度署名が要ります"

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="signatures"
    )
    role = models.CharField(max_length=40)
    name = models.CharField(max_length=80, help_text="as the applicant calls them")
    email = models.EmailField(blank=True, help_text="empty: the applicant hands the link over")
    state = models.CharField(max_length=8, choices=State, default=State.INVITED)
    link_round = models.PositiveSmallIntegerField(default=0, help_text="older links are closed")
    invited_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    who = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    signed_name = models.CharField(max_length=80, blank=True)
    identity = models.CharField(max_length=7, choices=Identity, default=Identity.NONE)
    digest = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["application", "role", "id"]

    def __str__(self) -> str:
        return f"署名 {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it can be signed now."""
        return self.state in (self.State.INVITED, self.State.VOID)
