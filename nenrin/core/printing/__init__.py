"""Typst templates → PDF/A."""
