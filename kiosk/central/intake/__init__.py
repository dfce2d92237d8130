"""What kiosks bring, kept raw first and interpreted afterwards."""
