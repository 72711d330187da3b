"""Nothing typed is lost when a session has ended: it waits in the new one until after sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict

KEY = "desk_typed"
LONGEST = 100_000
View = Callable[..., HttpResponse]


def keep_typed(view: View) -> View:
    """Keep a form that comes without a sign-in, and ask to sign in; it is shown again afterwards.

    A script's request is answered 401, so that the page can say so.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.headers.get("X-Fragment"):
            return JsonResponse({"signed_out": True}, status=401)
        typed = request.POST.copy()
        typed.pop("csrfmiddlewaretoken", None)
        content = typed.urlencode()
        if len(content) <= LONGEST:
            request.session[KEY] = {"path": request.path, "content": content}
        return redirect_to_login(request.path)

    return guarded


def take_typed(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page (or on a button of it) before the session ended, once."""
    kept = request.session.get(KEY)
    if not kept or not kept["path"].startswith(request.path):
        return None
    del request.session[KEY]
    return QueryDict(kept["content"])
