"""Short messages through a JSON gateway."""
