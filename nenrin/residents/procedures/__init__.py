"""Online procedures: definitions that ship with the product, applications, and their decisions.

Seams, none of them filled here: fees are computed and shown, `Application.fee` is what a payment
will settle; identity above a login is a line of the desk's checklist until the card is connected
(`access.identity_of`); an approval route goes before `casework.services.decide_case`; the counter
hands its answers to `start_application`.
"""
