"""Telephone calls that read the message aloud, through a JSON gateway."""
