"""The guide: who helps with what, shipped for the country and added to by each branch."""
