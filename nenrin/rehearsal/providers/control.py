"""The rehearsal's own pages: what happened, and what shall go wrong next."""

import resource
from collections.abc import Callable
from pathlib import Path

from nenrin.rehearsal.journal import Journal, UnknownProvider
from nenrin.rehearsal.providers.faults import Faults
from nenrin.rehearsal.providers.http import Refusal, Reply, Request, json_object, json_reply

Summary = Callable[[], dict[str, object]]


class Control:
    """/healthz, /log, /log/<provider>, /faults/<provider> and /mail/<address>."""

    def __init__(
        self,
        journal: Journal,
        faults: Faults,
        parts: dict[str, Summary],
        newest_mail: Callable[[str], str | None] = lambda address: None,
    ) -> None:
        self._journal = journal
        self._faults = faults
        self._parts = parts
        self._newest_mail = newest_mail

    def handle(self, request: Request) -> Reply:
        """Answer one of the pages; raises Refusal."""
        page, _, provider = request.path.removeprefix("/").partition("/")
        try:
            return self._answer(request.method, page, provider, request)
        except UnknownProvider as error:
            raise _refusal(404, str(error)) from None
        except ValueError as error:
            raise _refusal(400, str(error)) from None

    def _answer(self, method: str, page: str, provider: str, request: Request) -> Reply:
        match method, page, bool(provider):
            case "GET", "healthz", False:
                return json_reply(200, {"status": "ok", "memory_mb": _memory_mb()})
            case "GET", "log", False:
                return json_reply(200, self._overview())
            case "GET", "log", True:
                return json_reply(200, self._journal[provider].details())
            case "GET", "mail", True:
                return json_reply(200, {"text": self._newest_mail(provider)})
            case "DELETE", "log", True:
                self._journal.clear(provider)
                return Reply(204)
            case "POST", "faults", True:
                self._faults.set(provider, json_object(request))
                return Reply(204)
        raise _refusal(404, f"nothing answers {method} {request.path}")

    def _overview(self) -> dict[str, object]:
        providers = {journal.provider: journal.summary() for journal in self._journal}
        parts = {name: summary() for name, summary in self._parts.items()}
        return {"providers": providers, **parts, "memory_mb": _memory_mb()}


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 2**20, 1)


def _refusal(status: int, reason: str) -> Refusal:
    return Refusal(json_reply(status, {"message": reason}))
