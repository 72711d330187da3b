"""What a person chose for one device, as the river's SQL knows it.

Quiet hours and muted topics hold for news alone: a message that asks for action early or at once
(severity 3 and more) goes at any hour and to every device.
"""

TIME_ZONE = "Asia/Tokyo"
FIRST_NEVER_QUIET = 3

WANTED = f"(m.severity >= {FIRST_NEVER_QUIET} OR NOT m.topic = ANY(e.muted_topics))"

_LOCAL = f"(now() AT TIME ZONE '{TIME_ZONE}')"
_HOUR = f"extract(hour FROM {_LOCAL})"
_IS_QUIET = f"""
CASE WHEN e.quiet_from <= e.quiet_until
     THEN {_HOUR} >= e.quiet_from AND {_HOUR} < e.quiet_until
     ELSE {_HOUR} >= e.quiet_from OR {_HOUR} < e.quiet_until END
"""
_QUIET_ENDS = f"""
((date_trunc('day', {_LOCAL}) + make_interval(hours => e.quiet_until::int)
  + CASE WHEN {_HOUR} >= e.quiet_until THEN interval '1 day' ELSE interval '0' END)
 AT TIME ZONE '{TIME_ZONE}')
"""
DUE = f"""
CASE WHEN m.severity < {FIRST_NEVER_QUIET} AND e.quiet_from IS NOT NULL AND ({_IS_QUIET})
     THEN {_QUIET_ENDS} ELSE now() END
"""
