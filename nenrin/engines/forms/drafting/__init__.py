"""A definition while it is written: plain data that may be unfinished, changed piece by piece."""
