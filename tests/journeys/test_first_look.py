"""A visitor opens the town's home in a real browser."""


def test_home_opens(page):
    page.goto("/")
    assert "金山町" in page.title()
