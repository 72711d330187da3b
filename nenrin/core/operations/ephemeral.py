"""Tables that no backup holds: what they say is true for this hour only, or must never come twice.

Unlogged tables are left out without being named. After a restore all of these are empty.
"""

from dataclasses import dataclass

from nenrin.core.registry.registry import Registry


@dataclass(frozen=True)
class EphemeralTable:
    """One table, and why its rows are not kept."""

    key: str
    reason: str


ephemeral_tables: Registry[EphemeralTable] = Registry("ephemeral table")
