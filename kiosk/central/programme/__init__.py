"""What happens at the branches, what volunteers can do, and what is published of it."""
