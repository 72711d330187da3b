"""What can be asked, one file per kind of thing."""
