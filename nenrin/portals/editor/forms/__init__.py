"""What staff fill in while they write a procedure."""
