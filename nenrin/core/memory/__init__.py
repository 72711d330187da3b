"""What a process holds in memory, and for how long."""
