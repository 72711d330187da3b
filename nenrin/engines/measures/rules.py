"""How a goal is judged. Pure: no clock."""


def share_reached(value: float, target: float) -> float:
    """How much of a target is reached, 0 to 1."""
    return min(max(value / target, 0.0), 1.0) if target > 0 else 0.0
