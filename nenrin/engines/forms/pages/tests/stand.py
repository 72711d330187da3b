"""A form on a real port, without a town: answers live in a dictionary."""

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

from nenrin.engines.forms.fields.contract import Choice, Outside
from nenrin.engines.forms.pages.section import Mount, answer_section
from nenrin.engines.forms.tests.forms_for_tests import TODAY, outing

FORM = outing()
STORED: dict[str, object] = {}
AREAS = {"areas": [Choice(value="k", label="大字金山")]}


def section(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the form."""
    request.user = AnonymousUser()
    request.session = {}
    mount = Mount(
        definition=FORM,
        answers=dict(STORED),
        outside=Outside(TODAY, AREAS),
        save=_save,
        keep_file=lambda question, upload: {},
        section_url=lambda name: f"/{name}/",
        finish_url="/end",
        leave_url="/end",
        prefilled={},
        base_template="ui/base.html",
    )
    return answer_section(request, mount, name)


def _save(answers: dict[str, object]) -> None:
    STORED.clear()
    STORED.update(answers)


urlpatterns = [
    path("end", lambda request: HttpResponse("<h1>おわり</h1>")),
    path("<str:name>/", section),
]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def stand() -> Iterator[str]:
    """Serve until the end of the block; gives the address."""
    application = StaticFilesHandler(WSGIHandler())
    server = make_server("127.0.0.1", 0, application, _Server, _Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
