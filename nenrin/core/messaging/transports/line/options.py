"""What a town sets for its LINE official account."""

from pydantic import BaseModel, Field, HttpUrl

from ..secrets_from_environment import VariableName


class LineOptions(BaseModel):
    """With `personal_links` each person gets a push with a link of their own, so that a
    confirmation counts for them; without, one multicast of up to 500 with the public link."""

    channel_access_token_env: VariableName = "NENRIN_LINE_TOKEN"  # noqa: S105
    api_base: HttpUrl = HttpUrl("https://api.line.me")
    ca_file: str = ""
    personal_links: bool = True
    workers: int = Field(16, ge=1, le=64)
    connect_timeout: float = Field(5.0, gt=0)
    read_timeout: float = Field(15.0, gt=0)
