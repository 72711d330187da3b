"""The world is there for every test of this folder."""

from .world import world

__all__ = ["world"]
