"""What the people who run the system need: backup, restore, health."""
