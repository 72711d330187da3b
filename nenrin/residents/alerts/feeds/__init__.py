"""Fetching 気象庁's Atom feeds and the telegrams they name."""
