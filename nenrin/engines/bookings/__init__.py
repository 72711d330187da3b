"""Bookings: times that are offered by a weekly pattern, each taken once."""
