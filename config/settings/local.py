"""One machine, plain HTTP on loopback: `make up`."""

from .base import *  # noqa: F403
