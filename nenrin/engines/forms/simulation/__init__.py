"""Answers made from the conditions' own boundaries, driven through every branch."""
