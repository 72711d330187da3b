"""Stand-ins of Stripe, PAY.JP and PayPay on this machine, each with its hosted page."""
