"""Online procedures: definitions that ship with the product, applications, and their decisions.

Fees are charged in `fees` and paid through `engines.payments`. Who applies is `standing`, who signs
besides them `signing`. One seam is not filled: an approval route goes before
`casework.services.decide_case`.
"""
