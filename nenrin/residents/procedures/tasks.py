"""Jobs of the procedures."""

from procrastinate.contrib.django import app

from nenrin.core.tenancy.scope import town_scope

from .services.publish_catalog import PUBLISH, publish_catalog


@app.task(name=PUBLISH, queue="documents")
def publish_shipped(town: str) -> None:
    """Publish what ships with the product; run again, it finds its work done."""
    with town_scope(town):
        publish_catalog(acting_user="system")
