"""Turn a document into pages that a phone can show."""

from django.db import transaction

from nenrin.core.files.errors import FileRefused
from nenrin.core.files.services.store_file import open_file, store_file

from ..models import Document, DocumentPage
from ..pages import draw_pages


@transaction.atomic
def draw_document(*, document: Document) -> None:
    """Draw the pages once; a PDF that cannot be drawn stays readable as a download."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state != Document.State.WAITING:
        return
    try:
        drawn = list(draw_pages(open_file(document.file).read()))
    except FileRefused:
        document.state = Document.State.FAILED
    else:
        for page in drawn:
            picture = store_file(
                content=page.jpeg,
                name=f"{document.pk}-{page.number}.jpg",
                allowed={"jpeg"},
                acting_user="system",
                purpose="notices",
            )
            DocumentPage.objects.create(
                document=document, number=page.number, picture=picture, text=page.text
            )
        document.state = Document.State.READY
    document.save(update_fields=["state"])
