"""Papers that come with an application: scans, and photos bound into one."""
