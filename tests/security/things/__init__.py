"""What the town under attack has, by the names of address parts."""
