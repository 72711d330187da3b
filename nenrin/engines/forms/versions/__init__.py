"""Two versions of one form: what changed, in plain words, and what becomes of a draft."""
