"""Every page in every state as a picture, with axe-core run on each: `make screens`."""
