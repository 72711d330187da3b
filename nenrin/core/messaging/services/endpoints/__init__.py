"""Addresses of people and tablets: how they come, change and go."""
