"""The reader's own switches, kept in cookies: text size, furigana, easy Japanese, language."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

SIZES = ("normal", "large", "huge")
ON = "1"


@dataclass(frozen=True)
class Switches:
    """How this reader wants pages to be."""

    size: str
    furigana: bool
    easy: bool
    language: str

    @property
    def classes(self) -> str:
        """Classes of the page's root element."""
        return f"size-{self.size}" + (" furigana" if self.furigana else "")


CHOICES: dict[str, tuple[str, ...]] = {
    "size": SIZES,
    "furigana": ("0", ON),
    "easy": ("0", ON),
    "language": ("ja", "en"),
}


def cookie_name(switch: str) -> str:
    """Cookie of a switch."""
    return settings.LANGUAGE_COOKIE_NAME if switch == "language" else f"nenrin_{switch}"


def read_switches(request: HttpRequest) -> Switches:
    """The switches of a request; anything unknown counts as the first choice."""
    values = {name: request.COOKIES.get(cookie_name(name), "") for name in CHOICES}
    known = {
        name: value if value in CHOICES[name] else CHOICES[name][0]
        for name, value in values.items()
    }
    return Switches(
        size=known["size"],
        furigana=known["furigana"] == ON,
        easy=known["easy"] == ON,
        language=known["language"],
    )
