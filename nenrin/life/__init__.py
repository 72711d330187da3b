"""Phase 3 of the plan: life in the town."""
