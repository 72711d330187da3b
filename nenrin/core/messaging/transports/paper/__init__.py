"""Paper rounds: one PDF per 地区・班."""
