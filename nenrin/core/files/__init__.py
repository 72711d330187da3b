"""Stored files: checked by their content, kept under random names, served as downloads."""
