"""Open feeds: CAP 1.2 and Atom."""
