"""Measures with steps and goals, and the gauges that say how far each goal has come."""
