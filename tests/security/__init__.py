"""Locks, tried from outside: `pages.py` says who may open what; everything else is generated."""
