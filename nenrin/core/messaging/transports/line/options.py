"""What a town sets for its LINE official account."""

from pydantic import BaseModel, Field, HttpUrl

from ..secrets_from_environment import VariableName


class LineOptions(BaseModel):
    """One multicast of up to 500 with buttons, whose presses come back by the signed webhook; or,
    with `personal_links`, a push for each person with a link of their own (no webhook needed)."""

    channel_access_token_env: VariableName = "NENRIN_LINE_TOKEN"  # noqa: S105
    channel_secret_env: VariableName = "NENRIN_LINE_SECRET"  # noqa: S105
    api_base: HttpUrl = HttpUrl("https://api.line.me")
    ca_file: str = ""
    personal_links: bool = False
    workers: int = Field(16, ge=1, le=64)
    connect_timeout: float = Field(5.0, gt=0)
    read_timeout: float = Field(15.0, gt=0)
