"""Mechanisms with no town vocabulary; a module is admitted when two others need it."""
