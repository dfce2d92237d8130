"""What a visitor sees; Textual lives here and nowhere else."""
