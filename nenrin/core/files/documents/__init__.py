"""Making readable, printable documents of what people hand in."""
