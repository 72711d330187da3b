"""The living catalogue: every component in every state, from the very partials that pages use."""
