"""The seats of one workshop: who has one, who waits, and what staff rule."""
