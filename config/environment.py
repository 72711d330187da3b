"""Every value that comes from the environment, typed and in one place."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parent.parent


class Environment(BaseSettings):
    """Variables named ``NENRIN_…``; an unknown or malformed value stops the start with its name."""

    model_config = SettingsConfigDict(env_prefix="NENRIN_")

    state_dir: Path = Field(REPOSITORY / "var", description="keys, embedded database, rehearsal")
    database_url: str = Field("", description="application role; empty: the embedded PostgreSQL")
    owner_database_url: str = Field(
        "", description="role that migrates; empty: database_url's user"
    )
    secret_key: str = Field("", description="signs sessions and receipts; empty: made once")
    allowed_hosts: list[str] = ["localhost", "127.0.0.1", "[::1]", ".localhost"]
    public_url: str = Field("http://localhost:8000", description="how residents reach the system")
    default_town: str = Field("063614", description="town for a host that names none")
    rehearsal: bool = Field(False, description="loopback stand-ins are allowed as providers")
    corpus: Path = Field(
        REPOSITORY.parent / "shared" / "data", description="real telegrams for tests and drills"
    )
    feed_base: str = Field(
        "https://www.data.jma.go.jp/developer/xml/feed/", description="気象庁 Atom feeds"
    )
    trusted_proxies: int = Field(0, ge=0, description="proxies that set X-Forwarded-For")
    clamd: str = Field("", description="ClamAV's socket or host:port; empty: no virus scan")
    metrics_token: str = Field("", description="for /metrics; empty: only from this machine")
    card_issuer: str = Field(
        "", description="デジタル認証アプリ's issuer; empty: no sign-in by card"
    )
    card_clients: dict[str, str] = Field(
        {}, description="client id of each town's code at the issuer, as JSON"
    )
    card_key: str = Field("", description="PEM of the client's P-256 key; empty: made once")
    poll_feeds: bool = Field(
        False, description="fetch telegrams from feed_base; a rehearsal only ever from loopback"
    )


environment = Environment()

if __name__ == "__main__":
    # For `nenrin up`, which stays without the library that reads all this.
    print(environment.model_dump_json(include={"state_dir", "database_url", "default_town"}))
