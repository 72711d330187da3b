"""What the river tells those who run it."""
