"""PAY.JP Checkout (API v2)."""
