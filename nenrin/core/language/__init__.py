"""Japanese words: their readings and their plain forms (SudachiPy)."""
