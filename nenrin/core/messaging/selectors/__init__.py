"""Reading the river: who has a message, who has not, and what is tried next."""
