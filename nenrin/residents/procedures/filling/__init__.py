"""What an applicant's form is given: the day and lists, what is known already, what is open."""
