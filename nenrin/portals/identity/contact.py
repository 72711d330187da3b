"""Sending a code to a contact: by mail, or by text where the town has a gateway."""

from django.http import HttpRequest

from nenrin.core.accounts.contact_code import CodeRefused, mail_code, new_code
from nenrin.core.limits.decorators import client_address
from nenrin.core.messaging.services.send_text import may_send_text, send_text


def may_send_code(contact: str) -> bool:
    """Whether a code can reach this address or number."""
    return "@" in contact or may_send_text(contact)


def send_code(request: HttpRequest, contact: str) -> None:
    """Make a code and send it. Raises CodeRefused."""
    if not may_send_code(contact):
        raise CodeRefused("この番号には、番号を送れません。役場から電話で確かめます。")
    code = new_code(request, contact, client_address(request))
    if "@" in contact:
        mail_code(request, contact, code)
    else:
        town = request.town.name  # type: ignore[attr-defined]
        text = f"【{town}】番号は {code} です。10分のあいだ使えます。人に教えないでください。"
        send_text(number=contact, text=text)
