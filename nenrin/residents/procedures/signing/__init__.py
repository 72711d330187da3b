"""Several signers of one application, each a different person."""
