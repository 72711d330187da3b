"""JSON gateways for SMS and voice: one POST per person, kept-alive connections."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import urllib3
from pydantic import BaseModel, Field, HttpUrl

from .contract import Fate, Outcome, Parcel, Words
from .http_answers import is_temporary, retry_after_seconds
from .secrets_from_environment import VariableName, missing_secret, secret_named
from .side_by_side import all_temporary, hand_over_side_by_side
from .trust import trust

TOWN_FAULT_WAIT = 300.0
LONGEST_REFERENCE = 200


class GatewayOptions(BaseModel):
    """Where the gateway is and how to speak to it; the token comes from the environment."""

    api_base: HttpUrl
    token_env: VariableName
    ca_file: str = ""
    workers: int = Field(8, ge=1, le=64)
    connect_timeout: float = Field(5.0, gt=0)
    total_timeout: float = Field(15.0, gt=0)


@dataclass(frozen=True, slots=True)
class Gateway:
    """One gateway for the length of one shard."""

    pool: urllib3.PoolManager
    url: str
    token: str

    def post(self, parcel: Parcel, content: dict[str, Any]) -> Outcome:
        """Hand over one parcel; the gateway knows a repeated client_reference as the same."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = json.dumps(content, ensure_ascii=False).encode()
        try:
            answer = self.pool.request("POST", self.url, body=body, headers=headers)
        except urllib3.exceptions.HTTPError:
            reason = "事業者につながりません"
            return Outcome(parcel.delivery_id, Fate.TEMPORARY, reason=reason)
        return outcome_of(parcel, answer, content["client_reference"])


def open_gateway(options: GatewayOptions, path: str, token: str) -> Gateway:
    timeout = urllib3.Timeout(connect=options.connect_timeout, total=options.total_timeout)
    pool = urllib3.PoolManager(
        maxsize=options.workers,
        block=True,
        timeout=timeout,
        retries=False,
        ssl_context=trust(options.ca_file),
    )
    return Gateway(pool, str(options.api_base).rstrip("/") + path, token)


def send_each(
    options: GatewayOptions,
    path: str,
    parcels: Sequence[Parcel],
    content_of: Callable[[Parcel], dict[str, Any]],
) -> Iterator[Outcome]:
    """POST `content_of(parcel)` to the gateway's path for every parcel."""
    token = secret_named(options.token_env)
    if not token:
        yield from all_temporary(parcels, missing_secret(options.token_env), TOWN_FAULT_WAIT)
        return
    gateway = open_gateway(options, path, token)
    with gateway.pool:
        yield from hand_over_side_by_side(
            parcels,
            lambda parcel: gateway.post(parcel, content_of(parcel)),
            workers=options.workers,
        )


def client_reference(words: Words, parcel: Parcel) -> str:
    """The same for every attempt, so that nobody is rung twice."""
    return f"{words.message_id}:{parcel.delivery_id}"


def outcome_of(parcel: Parcel, answer: urllib3.BaseHTTPResponse, reference: str) -> Outcome:
    """Read the gateway's answer; 409 means it has this parcel already."""
    fate, reason = _verdict(answer.status)
    if fate is Fate.SENT:
        return Outcome(parcel.delivery_id, fate, reference=_provider_id(answer) or reference)
    wait = retry_after_seconds(answer.headers.get("Retry-After"))
    if answer.status in (401, 403):
        wait = TOWN_FAULT_WAIT
    return Outcome(parcel.delivery_id, fate, reason=reason, retry_after=wait)


def _verdict(status: int) -> tuple[Fate, str]:
    if status in (200, 201, 202, 409):
        return Fate.SENT, ""
    if status in (401, 403):
        return Fate.TEMPORARY, "事業者が合い言葉(トークン)を受け付けません。設定を確認してください"
    if status == 410:
        return Fate.GONE, "この番号は使われていません"
    if is_temporary(status):
        return Fate.TEMPORARY, f"事業者が混み合っています({status})"
    return Fate.PERMANENT, f"事業者が受け付けませんでした({status})"


def _provider_id(answer: urllib3.BaseHTTPResponse) -> str:
    try:
        content = json.loads(answer.data)
    except ValueError:
        return ""
    found = content.get("id", "") if isinstance(content, dict) else ""
    return str(found)[:LONGEST_REFERENCE]
