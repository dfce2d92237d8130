"""A visitor's phone: what became of an errand."""
