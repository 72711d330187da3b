"""Checks and ephemeral tables of the base we stand on; modules add theirs from their plugs."""

from .doctor.certificates import CERTIFICATE_CHECKS
from .doctor.contract import checks
from .doctor.database import DATABASE_CHECKS
from .doctor.jobs import JOB_CHECKS
from .doctor.machine import MACHINE_CHECKS
from .ephemeral import EphemeralTable, ephemeral_tables
from .gauges import BASE_GAUGES
from .metrics import gauges

ephemeral_tables.register(EphemeralTable("django_session", "everyone signs in again"))
ephemeral_tables.register(EphemeralTable("usersessions_usersession", "lists those sessions"))
ephemeral_tables.register(EphemeralTable("nenrin_cache", "made anew"))
ephemeral_tables.register(EphemeralTable("procrastinate_workers", "heartbeats of processes"))

for check in (*DATABASE_CHECKS, *JOB_CHECKS, *MACHINE_CHECKS, *CERTIFICATE_CHECKS):
    checks.register(check)
for gauge in BASE_GAUGES:
    gauges.register(gauge)
