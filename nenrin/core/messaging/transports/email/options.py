"""What a town sets for its mail server."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from ..secrets_from_environment import OptionalVariableName

MailAddress = Annotated[str, StringConstraints(pattern=r"^[^@\s<>]+@[^@\s<>]+$")]


class EmailOptions(BaseModel):
    """`unsubscribe_suffix` is put behind the personal link to make the address that stops
    everyday mail with one click (RFC 8058); empty: no such header."""

    host: str = Field(min_length=1)
    port: int = Field(587, ge=1, le=65535)
    security: Literal["none", "starttls", "tls"] = "starttls"
    user: str = ""
    password_env: OptionalVariableName = ""
    from_address: MailAddress
    ca_file: str = ""
    timeout: float = Field(15.0, gt=0)
    unsubscribe_suffix: str = ""
