"""Single-use keys for web push, made before they are needed (DESIGN §2)."""
