"""The local stand-in for everything that cannot be reached from here; loopback only."""
