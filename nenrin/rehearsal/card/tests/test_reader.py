import json

from nenrin.rehearsal.card import reader


def test_what_is_missing_is_said_in_words(monkeypatch, tmp_path):
    monkeypatch.setattr(reader, "node", lambda: None)
    assert "node" in reader.missing()
    monkeypatch.setattr(reader, "node", lambda: "/usr/bin/node")
    monkeypatch.setattr(reader, "MODULES", tmp_path)
    assert "prepare" in reader.missing()
    (tmp_path / "oidc-provider").mkdir()
    assert reader.missing() == ""


def test_the_service_is_told_of_cards_and_of_our_public_keys(tmp_path):
    card = reader.MadeUpCard("1", "花子", "髙橋 花子", "金山", "19500401")
    place = tmp_path / "card.json"
    keys = {"keys": [{"kty": "EC"}]}
    reader.write_config(
        place, port=1, redirect_uri="http://localhost/r", cards=[card], client_keys=keys
    )
    said = json.loads(place.read_text(encoding="utf-8"))
    assert said["cards"][0]["name"] == "髙橋 花子" and said["jwks"] == keys
    assert said["control"] is False
