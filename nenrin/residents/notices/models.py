"""Notices, their documents page by page, and who has read them."""

from django.db import models

from nenrin.core.accounts.models import User
from nenrin.core.files.models import StoredFile
from nenrin.core.messaging.models import Message
from nenrin.core.tenancy.models import TownModel

from .topics import topics


class Notice(TownModel):
    """What a released message is, for the people who read it later."""

    class Kind(models.TextChoices):
        NEWS = "news", "お知らせ"
        MAGAZINE = "magazine", "広報"
        HANDOUT = "handout", "配布物"
        CIRCULAR = "circular", "回覧板"

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="notice")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NEWS)
    topic = models.CharField(max_length=20)

    class Meta:
        ordering = ["-message__released_at"]

    def __str__(self) -> str:
        return self.message.title

    @property
    def topic_label(self) -> str:
        """The topic's name."""
        return topics().get(self.topic, self.topic)

    @property
    def is_circular(self) -> bool:
        """Whether it passes through a 班."""
        return self.kind == self.Kind.CIRCULAR


class Document(TownModel):
    """A PDF of a notice; its pages are drawn in the background."""

    class State(models.TextChoices):
        WAITING = "waiting", "準備しています"
        READY = "ready", "読めます"
        FAILED = "failed", "ページにできません"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class DocumentPage(TownModel):
    """One page as a picture and as text."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    picture = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="notices_page_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}ページ"


class NoticeRead(TownModel):
    """A signed-in person has opened a notice."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reads")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="notices_read_once")]

    def __str__(self) -> str:
        return f"{self.notice_id}"
