"""What was typed when the sign-in had just ended: kept for this visitor until they are back.

It lies in the visitor's own session, for the page it was typed on, and nowhere else; a page that
seems to hold a My Number is not kept.
"""

from django.http import HttpRequest, QueryDict

from nenrin.engines.forms.fields.text_rules import holds_my_number

LEFT_OVER = "left_over"
LONGEST, MOST_PAGES = 40_000, 3
NOT_KEPT = ("csrfmiddlewaretoken", "_later", "_back")


def keep_left_over(request: HttpRequest) -> bool:
    """Keep the posted page; whether it was kept."""
    typed = request.POST.copy()
    for name in NOT_KEPT:
        typed.pop(name, None)
    text = typed.urlencode()
    if not text or len(text) > LONGEST or holds_my_number(dict(typed.lists())):
        return False
    kept = {**request.session.get(LEFT_OVER, {}), request.path: text}
    request.session[LEFT_OVER] = dict(list(kept.items())[-MOST_PAGES:])
    return True


def take_left_over(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, once."""
    kept = dict(request.session.get(LEFT_OVER, {}))
    text = kept.pop(request.path, None)
    if text is None:
        return None
    request.session[LEFT_OVER] = kept
    return QueryDict(text, mutable=True)
