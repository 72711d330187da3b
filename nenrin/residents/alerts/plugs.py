"""What the alerts plug into."""

from nenrin.core.audit.wording import register_wordings
from nenrin.core.operations.doctor.contract import checks
from nenrin.core.operations.metrics import gauges

from .doctor import ALERT_CHECKS
from .gauges import ALERT_GAUGES

for check in ALERT_CHECKS:
    checks.register(check)
for gauge in ALERT_GAUGES:
    gauges.register(gauge)

register_wordings(
    {
        "alerts.raised": "電文で警報などが上がった",
        "alerts.lowered": "電文で警報などが下がった",
        "alerts.lifted": "電文で警報などが解除された",
        "alerts.corrected": "電文で警報などが訂正された",
        "alerts.cancelled": "電文で警報などが取り消された",
        "alerts.drill": "訓練を始めた",
        "alerts.edit_rule": "電文の決まりを変えた",
    }
)
