"""Money that is owed and money that comes: requests, hosted payments, one ledger, reconciliation.

The engine knows neither town nor procedure: what is paid for is an opaque ``subject``. The network
is only touched by `tasks`, never inside a transaction.
"""
