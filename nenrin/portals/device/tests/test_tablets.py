"""What a tablet is told: the town's words, its own links, and the mark of a drill."""

import json

from nenrin.core.messaging.tokens import read_delivery_token
from nenrin.portals.device.tablets import render_event

ROW = (1, 77, "0f1e2d3c", "避難指示", "にげて\nください", 4, True, True, "")


def test_the_event_is_one_line_of_json() -> None:
    head, kind, data, *_ = render_event("063614", ROW, "https://kaneyama.example").split(b"\n")
    assert (head, kind) == (b"id: 77", b"event: message")
    told = json.loads(data.removeprefix(b"data: "))
    assert told["title"] == "【訓練】避難指示"
    assert told["reading"] == told["body"] == "にげて\nください"
    assert (told["severity"], told["drill"], told["asks_safety"]) == (4, True, True)
    link = told["url"].removeprefix("https://kaneyama.example/m/")
    assert read_delivery_token(link) == ("063614", 77)
    assert told["receipt"] == f"https://kaneyama.example/r/{link}"
