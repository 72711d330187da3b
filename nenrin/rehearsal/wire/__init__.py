"""What both ends of a rehearsal need to speak: addresses, HTTP/1.1, event streams."""
