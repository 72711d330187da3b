"""Whom a connection to a provider trusts: one context for all of them.

Left to itself the HTTP library reads the authorities anew for each connection: a drill's 67
connections took 16 MB for it, and 17 ms each where all public authorities are read.
"""

import ssl
from functools import lru_cache


@lru_cache(maxsize=8)
def trust(authorities: str) -> ssl.SSLContext:
    """Accepts certificates of these authorities (a PEM file), or of those the machine knows.

    A file that was exchanged is read after a restart.
    """
    return ssl.create_default_context(cafile=authorities or None)
