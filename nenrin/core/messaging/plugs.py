"""Transports of the river, each listed once."""
