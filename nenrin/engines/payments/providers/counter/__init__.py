"""Cash and the card terminal on the counter."""
