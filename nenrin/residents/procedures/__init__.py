"""Online procedures: definitions that ship with the product, applications, and their decisions.

Seams, none of them filled here: fees are computed and shown, `Application.fee` is what a payment
will settle; an approval route goes before `casework.services.decide_case`; the counter hands its
answers to `start_application`. Who applies is `standing`, who signs besides them `signing`.
"""
