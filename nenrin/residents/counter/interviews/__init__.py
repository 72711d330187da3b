"""Interviews by life event: questions as data, and what their answers lead to."""
