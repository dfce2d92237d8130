"""What goes out by itself: letters to visitors and technicians, and calls of webhooks."""
