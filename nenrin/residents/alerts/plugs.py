"""What the alerts plug into."""

from nenrin.core.operations.doctor.contract import checks

from .doctor import ALERT_CHECKS

for check in ALERT_CHECKS:
    checks.register(check)
