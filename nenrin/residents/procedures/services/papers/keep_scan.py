"""The fourth mouth: keep the scan of a paper form with what is typed from it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from nenrin.engines.forms.fields.rich.file import FileQuestion

from ...locking import locked_application
from ...models import Application, ApplicationFile, Mouth
from ..drafts.keep_attachment import keep_attachment

# No question can bear this name, so a scan is never taken for an answer.
SCAN = "_scan"
# The engine's own question for files gives the rules; only the name is ours.
PAPER = FileQuestion.model_construct(name=SCAN, label="紙の写し", accepts=("photo", "pdf"), most=10)


@transaction.atomic
def keep_scan(
    *, application: Application, upload: "UploadedFile[Any]", acting_user: str
) -> ApplicationFile:
    """Keep one scan. Raises Refused, and ApplicationRefused once the answers are closed."""
    found = locked_application(application)
    kept = keep_attachment(
        application=found, question=PAPER, upload=upload, acting_user=acting_user
    )
    return ApplicationFile.objects.get(file=kept["id"])


def scans_of(application: Application) -> QuerySet[ApplicationFile]:
    """Its scans, in the order they came."""
    rows = application.files.filter(question=SCAN, file__erased_at=None)
    return rows.select_related("file").order_by("pk")


def lacks_scan(application: Application) -> bool:
    """Whether it came on paper and nobody has scanned it."""
    return application.mouth == Mouth.PAPER and not scans_of(application).exists()
