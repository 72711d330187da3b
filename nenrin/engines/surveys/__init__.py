"""One question with three faces after something was done, and what the answers say together."""
