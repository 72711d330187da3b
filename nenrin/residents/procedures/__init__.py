"""The town's procedures: definitions that ship with the product, one file each."""
