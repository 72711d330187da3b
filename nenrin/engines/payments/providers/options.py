"""How a provider is reached; secrets are named, never kept."""

from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class HostedOptions(BaseModel):
    """Address and patience; plain HTTP only in a rehearsal on this machine."""

    model_config = ConfigDict(extra="forbid")

    api_base: str
    rehearsal: bool = False
    connect_timeout: float = Field(5.0, gt=0)
    total_timeout: float = Field(15.0, gt=0)

    @model_validator(mode="after")
    def _is_safe(self) -> Self:
        parts = urlsplit(self.api_base)
        is_here = parts.hostname in LOOPBACK
        if parts.scheme == "https" and not is_here:
            return self
        if self.rehearsal and is_here:
            return self
        raise ValueError("api_base: https, or this machine in a rehearsal")
