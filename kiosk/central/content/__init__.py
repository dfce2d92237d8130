"""What central publishes to its branches, piece by piece."""
