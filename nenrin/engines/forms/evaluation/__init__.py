"""From a definition and answers to what is visible, required, wrong, computed and owed."""
