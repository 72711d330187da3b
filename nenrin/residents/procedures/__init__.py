"""Online procedures: definitions that ship with the product, applications, and their decisions.

Fees are charged in `fees` and paid through `engines.payments`. Seams, none of them filled here:
identity above a login is a line of the desk's checklist until the card is connected
(`access.identity_of`); an approval route goes before `casework.services.decide_case`; the counter
hands its answers to `start_application`.
"""
