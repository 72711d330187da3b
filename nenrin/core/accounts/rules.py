"""Pure rules about sign-ins."""

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android の端末"),
    ("Windows", "Windows のパソコン"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux のパソコン"),
)
# The order matters: every browser also names the ones it wants to be taken for.
BROWSERS = (
    ("Line/", "LINE"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_words(user_agent: str) -> str:
    """A device as its owner would name it, from what its browser says of itself."""
    system = next((words for sign, words in SYSTEMS if sign in user_agent), "")
    browser = next((words for sign, words in BROWSERS if sign in user_agent), "")
    if not system:
        return browser or "知らない端末"
    return f"{system}（{browser}）" if browser else system
