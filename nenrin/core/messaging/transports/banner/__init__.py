"""The banner on the town's website."""
