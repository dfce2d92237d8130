"""The programme: what is to come, and the import of lists."""
