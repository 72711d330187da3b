"""What the alerts plug into."""

from nenrin.core.operations.doctor.contract import checks
from nenrin.core.operations.metrics import gauges

from .doctor import ALERT_CHECKS
from .gauges import ALERT_GAUGES

for check in ALERT_CHECKS:
    checks.register(check)
for gauge in ALERT_GAUGES:
    gauges.register(gauge)
