"""What the figures stand beside. Each peer runs in a process, and an environment, of its own."""
