"""One folder for each way to pay."""
