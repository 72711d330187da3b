"""What a town sets for its web push channel."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from .vapid import load_vapid_key


def _readable_key(pem: str) -> str:
    load_vapid_key(pem)
    return pem


class WebPushOptions(BaseModel):
    """`vapid_private_key` comes from `make_vapid_key`; `vapid_subject` is how a push service
    reaches the town (mailto: or https:)."""

    vapid_private_key: Annotated[str, AfterValidator(_readable_key)]
    vapid_subject: str = Field("mailto:webpush@localhost", pattern=r"^(mailto:|https://)\S+$")
    rehearsal: bool = False
    ca_file: str = ""
    connect_timeout: float = Field(5.0, gt=0)
    total_timeout: float = Field(15.0, gt=0)
    connections: int = Field(8, ge=1, le=64)
    streams: int = Field(64, ge=1, le=100, description="requests at once on one connection")
