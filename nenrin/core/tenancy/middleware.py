"""The town of a request, from its host; the whole request is one transaction in its scope."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from .models import Town
from .scope import town_scope


def find_town(host: str) -> Town | None:
    """The active town of a host name: a registered host, or its slug as first label.

    A host that names no town at all (localhost, an address) is the default town's.
    """
    towns = Town.objects.filter(is_active=True)
    name = host.partition(":")[0].lower()
    first_label, _, rest = name.partition(".")
    found = towns.filter(hosts__host=name).first()
    if not found and rest and not first_label.isdigit():
        return towns.filter(slug=first_label).first()
    return found or towns.filter(code=settings.NENRIN.default_town).first()


class TownMiddleware:
    """Sets ``request.town`` and its scope; an answer of 500 or above rolls back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        town = find_town(request.get_host())
        if town is None:
            raise Http404("この名前の町はありません。アドレスを確かめてください。")
        request.town = town  # type: ignore[attr-defined]
        with town_scope(town.code):
            response = self._get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
