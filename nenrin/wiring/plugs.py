"""The sentences between modules, each listed once."""

from . import help_requested_opens_case  # noqa: F401
