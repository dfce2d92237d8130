"""What could not be sent out."""
