"""Logs that tell what happened and not to whom: the last sieve before a line is written.

Nobody should log personal data; libraries do (a path with a link's secret, the values of a row that
broke a rule), so every line is sieved.
"""

import logging
import re

HIDDEN = "…"
SIEVES: tuple[tuple[re.Pattern[str], str], ...] = (
    # Secrets in addresses: links of deliveries, pairing codes, reset and confirmation keys.
    (re.compile(r"\b\d{6}-[0-9a-z]{1,13}-[a-z2-7]{8,32}"), HIDDEN),
    (re.compile(r"(/(?:m|r|pair|join|key|confirm-email)/)[^\s/?\"']{6,}"), rf"\1{HIDDEN}"),
    (re.compile(r"\?[^\s\"']*=[^\s\"']*"), f"?{HIDDEN}"),
    (re.compile(r"(?i)(bearer|basic|vapid)\s+[\w.~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"(?i)((?:sessionid|csrftoken|nenrin_tablet)=)[^\s;\"']+"), rf"\1{HIDDEN}"),
    (re.compile(r"(://[^\s/:@]*:)[^\s/@]+@"), rf"\1{HIDDEN}@"),
    # Persons: mail addresses and telephone numbers.
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), f"{HIDDEN}@{HIDDEN}"),
    (re.compile(r"(?<![\d-])(?:\+81|0)\d{9,10}(?!\d)"), HIDDEN),
    (re.compile(r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)"), HIDDEN),
    # What PostgreSQL adds to an error are the values of the row.
    (re.compile(r"(?m)^(\s*(?:DETAIL|CONTEXT|LINE \d+):).*$"), rf"\1 {HIDDEN}"),
)


class DiscreetFormatter(logging.Formatter):
    """A formatter whose lines, with their tracebacks, went through the sieves."""

    def format(self, record: logging.LogRecord) -> str:
        return sieved(super().format(record))


def sieved(text: str) -> str:
    """The text without what looks like a secret or a person's address."""
    for pattern, instead in SIEVES:
        text = pattern.sub(instead, text)
    return text
