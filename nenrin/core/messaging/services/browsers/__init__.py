"""Browsers of residents: switching push on, by sign-in, by a link or by a code of staff."""
