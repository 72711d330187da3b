"""The API: its operations, its errors, its description."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from . import rate
from .description import complete
from .operations import dangers, messages, notices, plan, shelters, town
from .problems import faults_of, problem
from .reference import ReferencePage

ABOUT = (
    "町がだれにでも知らせていることを、そのままプログラムから読めます。登録も鍵もいりません。"
    "個人の情報はありません。時刻は ISO 8601 です。"
)


class ReadableJson(JSONRenderer):
    """Japanese as it is written."""

    json_dumps_params = {"ensure_ascii": False}


class PublicApi(NinjaAPI):
    """Speaks in problems, and describes them."""

    def get_openapi_schema(self, **parts: Any) -> OpenAPISchema:
        """The description, with what every operation shares."""
        return complete(super().get_openapi_schema(**parts))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's own name."""
        return operation.view_func.__name__


api = PublicApi(
    title="年輪 公開API",
    version="1.0.0",
    description=ABOUT,
    urls_namespace="api",
    docs=ReferencePage(),
    docs_url="/",
    renderer=ReadableJson(),
    throttle=[rate.AddressThrottle()],
)
for module in (town, messages, dangers, shelters, notices, plan):
    api.add_router("", module.router)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(422, faults=faults_of(error.errors))


@api.exception_handler(Throttled)
def _too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    limit = rate.REQUESTS
    wait = f"{error.wait:.0f}秒待ってください。" if error.wait else ""
    return problem(429, f"{limit.seconds}秒に{limit.times}回までです。{wait}")


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code)
