"""Kinds of question, one file each; `kinds` holds them by name and `plugs` lists them."""
