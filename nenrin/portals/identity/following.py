"""Where to go on after the card: an address of ours, or one's own applications."""

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 300


def safe_following(wanted: str) -> str:
    """The wanted address where it is a page of ours."""
    fits = wanted.startswith("/") and len(wanted) <= LONGEST
    if fits and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("applications")
