"""One context for every connection, and no stranger's certificate is taken."""

import ssl

from nenrin.core.messaging.transports.line.client import open_line
from nenrin.core.messaging.transports.line.options import LineOptions
from nenrin.core.messaging.transports.trust import trust


def test_all_connections_share_what_was_read_once():
    context = trust("")
    assert trust("") is context
    assert context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname


def test_line_is_spoken_to_with_it(monkeypatch):
    monkeypatch.setattr("nenrin.core.messaging.transports.line.client.trust", lambda file: file)
    options = LineOptions(channel_access_token_env="NENRIN_LINE_TOKEN", ca_file="town.pem")
    with open_line(options, "token") as client:
        pool = client.api.api_client.rest_client.pool_manager.connection_from_url("https://x.jp/")
    assert (pool.conn_kw["ssl_context"], pool.ca_certs) == ("town.pem", None)
