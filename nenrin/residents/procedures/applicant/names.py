"""Who applies, in words."""

from collections.abc import Mapping
from typing import Any

from nenrin.engines.forms.selectors import definition_of

from ..models import Application


def applicant_name(application: Application) -> str:
    """The name in the answer that the register would fill, else the person's; may be empty."""
    for _, question in definition_of(application.version).questions():
        if question.kind == "name" and question.prefill == "person.name":
            held: Mapping[str, Any] = application.answers.get(question.name) or {}
            name = " ".join(filter(None, (held.get("family"), held.get("given"))))
            if name:
                return name
    return str(application.person or "")
