"""Full text over everything that is searchable; modules index what is theirs."""
