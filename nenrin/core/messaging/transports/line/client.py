"""The official SDK, held to bounded waits and made to answer instead of raising."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import urllib3

from ..trust import trust
from . import sdk
from .options import LineOptions


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """Status 0 means that no answer came."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True, slots=True)
class LineClient:
    """Speaks to LINE for one shard; safe between threads."""

    api: Any
    timeout: tuple[float, float]

    def push(self, to: str, messages: list[Any], retry_key: str) -> LineAnswer:
        request = sdk.PushMessageRequest(to=to, messages=messages)
        return self._answer(self.api.push_message_with_http_info, request, retry_key)

    def multicast(self, to: list[str], messages: list[Any], retry_key: str) -> LineAnswer:
        request = sdk.MulticastRequest(to=to, messages=messages)
        return self._answer(self.api.multicast_with_http_info, request, retry_key)

    def _answer(self, call: Callable[..., Any], request: object, retry_key: str) -> LineAnswer:
        try:
            reply = call(request, retry_key, _request_timeout=self.timeout)
        except sdk.ApiException as error:
            return LineAnswer(int(error.status or 0), error.headers or {}, str(error.body or ""))
        except urllib3.exceptions.HTTPError:
            return LineAnswer(0)
        return LineAnswer(int(reply.status_code), reply.headers or {})


@contextmanager
def open_line(options: LineOptions, token: str) -> Iterator[LineClient]:
    """A client whose connections stay open until the shard is done."""
    configuration = sdk.Configuration(
        host=str(options.api_base).rstrip("/"),
        access_token=token,
    )
    configuration.retries = False
    configuration.connection_pool_maxsize = options.workers
    with sdk.ApiClient(configuration) as api_client:
        pool = api_client.rest_client.pool_manager
        pool.connection_pool_kw |= {"ssl_context": trust(options.ca_file), "ca_certs": None}
        timeout = (options.connect_timeout, options.read_timeout)
        yield LineClient(sdk.MessagingApi(api_client), timeout)
        pool.clear()


def text_message(text: str) -> Any:
    """A plain message of the SDK."""
    return sdk.TextMessage(text=text, quickReply=None, quoteToken=None)
