"""LINE, through the official SDK."""
