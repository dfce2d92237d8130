"""What a central for demonstrations begins with, from files."""
