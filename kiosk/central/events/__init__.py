"""What kiosks bring, kept raw, before anybody asks what it means."""
