"""Household tablets on the live stream."""
