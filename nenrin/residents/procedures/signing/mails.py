"""What signers are mailed. No answer stands in a mail: the address may be mistyped."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from nenrin.core.tenancy.models import Town
from nenrin.core.tenancy.scope import current_town_code
from nenrin.engines.forms.selectors import definition_of

from ..applicant.names import applicant_name
from ..models import Signature
from .links import VALID_DAYS, link_of
from .rules import signer_of

SUBJECTS = {
    "invited": "署名のお願い",
    "reminded": "署名をお待ちしています",
    "void": "書いたことが変わりました。もう一度、署名をお願いします",
}


def mail_signer(signature: Signature, turn: str) -> bool:
    """Write to a signer; whether there is an address. It goes once the transaction commits."""
    if not signature.email:
        return False
    town = Town.objects.get(pk=current_town_code())
    definition = definition_of(signature.application.version)
    signer = signer_of(definition, signature.role)
    words = {
        "turn": turn,
        "town": town,
        "title": definition.title,
        "role": signer.label if signer else "",
        "applicant": applicant_name(signature.application),
        "link": link_of(signature),
        "days": VALID_DAYS,
    }
    subject = f"【{town.name}】{SUBJECTS[turn]}"
    body = render_to_string("signing/mail.txt", words)
    EmailMessage(subject, body, to=[signature.email]).send()
    return True
