"""What `nenrin doctor` looks at; modules register checks of their own from their plugs."""
