"""The town's public data over HTTP: read only, documented, never a person's."""
