"""Lアラート: the town's orders and shelters in the documented structure, behind a port.

What is known comes from public explanations of 公共情報コモンズ XML 1.5 and from published code
that writes or reads it. What could not be verified stands in docs/operate/lalert.md.
"""
