"""Figures, each beside a named peer in the same run; `make bench`, `make bench ARGS=parsing`."""
