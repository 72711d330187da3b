"""Jobs of the notices."""

from procrastinate.contrib.django import app

from nenrin.core.tenancy.scope import town_scope

from .models import Document
from .services.draw_document import draw_document as draw
from .services.publish_notice import DRAW


@app.task(name=DRAW, queue="documents")
def draw_document(town: str, document: int) -> None:
    """Draw a document's pages."""
    with town_scope(town):
        draw(document=Document.objects.get(pk=document))
