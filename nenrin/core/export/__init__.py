"""Tables that leave the system: the one place where CSV is written."""
