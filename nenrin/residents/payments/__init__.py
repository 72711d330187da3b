"""The town's cashier: receipts, numbers of payment slips, and what each payment is for."""
