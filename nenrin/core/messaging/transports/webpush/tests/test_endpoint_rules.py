"""Only push services are ever called, whatever a browser claims."""

import pytest

from nenrin.core.messaging.transports.webpush.endpoint_rules import (
    EndpointRefused,
    check_endpoint,
)

GOOD = {
    "https://fcm.googleapis.com/fcm/send/abc": "https://fcm.googleapis.com",
    "https://FCM.googleapis.com:443/wp/abc": "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com/wpush/v2/a": (
        "https://updates.push.services.mozilla.com"
    ),
    "https://eu.push.services.mozilla.com/x": "https://eu.push.services.mozilla.com",
    "https://web.push.apple.com/QGx": "https://web.push.apple.com",
    "https://wns2-sg2p.notify.windows.com/w/?token=a": "https://wns2-sg2p.notify.windows.com",
}
BAD = [
    "http://fcm.googleapis.com/x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:99999/x",
    "https://fcm.googleapis.com@evil.example/x",
    "https://user:pass@fcm.googleapis.com/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilfcm.googleapis.com/x",
    "https://evilpush.apple.com/x",
    "https://notify.windows.com.evil.example/",
    "https://evil.example\\@fcm.googleapis.com/x",
    "https://10.0.0.1/x",
    "https://192.168.1.1/x",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/x",
    "https://[fd00::1]/x",
    "https://[broken/x",
    "https://2130706433/x",
    "https://fcm.googleapis.com\r\nX: y/",
    "https://ｆcm.googleapis.com/x",
    "file:///etc/passwd",
    "",
    "https://fcm.googleapis.com/" + "a" * 1000,
]
LOOPBACK = ["https://localhost:8443/x", "https://127.0.0.1:8443/x", "https://[::1]:8443/x"]


@pytest.mark.parametrize(("url", "origin"), GOOD.items())
def test_push_services_pass(url: str, origin: str) -> None:
    assert check_endpoint(url, rehearsal=False) == origin


@pytest.mark.parametrize("rehearsal", [False, True])
@pytest.mark.parametrize("url", [url for url in BAD if "::1" not in url])
def test_all_else_is_refused(url: str, rehearsal: bool) -> None:
    with pytest.raises(EndpointRefused, match="通知の宛先"):
        check_endpoint(url, rehearsal=rehearsal)


@pytest.mark.parametrize("url", LOOPBACK)
def test_loopback_is_for_rehearsals(url: str) -> None:
    assert url.startswith(check_endpoint(url, rehearsal=True))
    with pytest.raises(EndpointRefused):
        check_endpoint(url, rehearsal=False)


def test_a_rehearsal_too_wants_https_and_no_user() -> None:
    for url in ("http://localhost:8443/x", "https://a@localhost:8443/x"):
        with pytest.raises(EndpointRefused):
            check_endpoint(url, rehearsal=True)
