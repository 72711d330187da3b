import pytest

from ..addresses import feed_base
from ..errors import AddressRefused

JMA = "https://www.data.jma.go.jp/developer/xml/feed/"


@pytest.mark.parametrize(
    ("address", "rehearsal"),
    [
        (JMA, True),
        ("http://www.data.jma.go.jp/feed/", False),
        ("http://127.0.0.1:8000/feed/", False),
        ("ftp://127.0.0.1/feed/", True),
        ("https://name@www.data.jma.go.jp/feed/", False),
        ("https://host:port/feed/", False),
        ("", False),
    ],
)
def test_a_base_that_is_not_allowed_is_refused(address, rehearsal):
    with pytest.raises(AddressRefused):
        feed_base(address, rehearsal=rehearsal)


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_a_telegram_on_the_feeds_host_is_fetched_over_https(scheme):
    found = feed_base(JMA, rehearsal=False).telegram(f"{scheme}://www.data.jma.go.jp/d/a.xml")
    assert found == "https://www.data.jma.go.jp/d/a.xml"


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/a.xml",
        "https://www.data.jma.go.jp.evil.example/a.xml",
        "https://www.data.jma.go.jp@evil.example/a.xml",
        "https://www.data.jma.go.jp:8443/a.xml",
        "https://x@www.data.jma.go.jp/a.xml",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "//evil.example/a.xml",
        "/data/a.xml",
        "https://[broken/a.xml",
    ],
)
def test_a_telegram_anywhere_else_is_refused(link):
    with pytest.raises(AddressRefused):
        feed_base(JMA, rehearsal=False).telegram(link)
