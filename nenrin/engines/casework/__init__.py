"""Cases: something asked of the town, handled step by step until it is decided."""
