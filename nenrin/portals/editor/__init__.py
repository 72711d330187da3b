"""Staff make and change procedures: written, tried as an applicant would, and published."""
