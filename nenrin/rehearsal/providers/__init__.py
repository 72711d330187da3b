"""Push service, LINE, SMS gateway and telephone gateway behind one address."""
