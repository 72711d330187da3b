"""Buttons under a LINE message: a press comes back as a signed postback that names its sender."""

from typing import Any
from urllib.parse import parse_qs, urlencode

from ..contract import Words
from . import sdk

READ = "read"
QUESTION = "無事かどうかを、下のボタンで教えてください。"
CONFIRMATION = "読んだら、下のボタンを押してください。町に「届いた」と伝わります。"
SAFETY_BUTTONS = (("safe", "無事です"), ("help", "助けが必要です"))
READ_BUTTONS = ((READ, "読みました"),)


def buttons_message(words: Words) -> Any:
    """The buttons of a message: two answers where it asks for safety, else one confirmation."""
    question = QUESTION if words.asks_safety else CONFIRMATION
    buttons = SAFETY_BUTTONS if words.asks_safety else READ_BUTTONS
    message = words.message_id
    actions = [
        sdk.PostbackAction(label=label, displayText=label, data=postback_data(message, answer))
        for answer, label in buttons
    ]
    template = sdk.ButtonsTemplate(text=question, actions=actions)
    return sdk.TemplateMessage(altText=question, template=template)


def postback_data(message_id: str, answer: str) -> str:
    """What LINE gives back when a button is pressed (at most 300 characters)."""
    return urlencode({"m": message_id, "a": answer})


def read_postback(data: str) -> tuple[str, str]:
    """Message id and answer of a postback; empty strings for one that was not made here."""
    fields = parse_qs(data)
    return fields.get("m", [""])[0], fields.get("a", [""])[0]
