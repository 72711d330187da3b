"""Phase 1 of the plan: the town hall itself."""
