"""PayPay: web payment by code."""
