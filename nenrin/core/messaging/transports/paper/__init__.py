"""Paper rounds: one PDF per 地区, a sheet and a tick list per 班 in it."""
