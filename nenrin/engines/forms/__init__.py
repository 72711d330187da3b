"""Forms as data: definitions, their little language, one evaluator, a simulator, and pages."""
