"""What answers say together."""

import math

Z95 = 1.959964


def wilson_interval(satisfied: int, answers: int) -> tuple[float, float]:
    """95 % interval of a share (0 to 1) by Wilson's score method; (0, 1) without answers.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    if not answers:
        return 0.0, 1.0
    share, square = satisfied / answers, Z95**2
    middle = (share + square / (2 * answers)) / (1 + square / answers)
    spread = share * (1 - share) / answers + square / (4 * answers**2)
    half = Z95 * math.sqrt(spread) / (1 + square / answers)
    return max(middle - half, 0.0), min(middle + half, 1.0)
