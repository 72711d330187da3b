"""Sign-in by My Number card: a client of デジタル認証アプリ (docs/operate/card.md)."""
