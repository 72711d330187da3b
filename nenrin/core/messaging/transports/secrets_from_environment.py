"""Secrets are never kept in a channel's options: the options name an environment variable."""

import os
from typing import Annotated

from pydantic import StringConstraints

VariableName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
OptionalVariableName = Annotated[str, StringConstraints(pattern=r"^([A-Z][A-Z0-9_]*)?$")]


def secret_named(name: str) -> str:
    """The value of the variable; empty where it is missing or no name is given."""
    return os.environ.get(name, "") if name else ""


def missing_secret(name: str) -> str:
    """What staff read when the variable is empty."""
    return f"環境変数 {name} に秘密の値がありません。システム担当に連絡してください"
