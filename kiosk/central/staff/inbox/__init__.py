"""The inbox: what visitors have handed in."""
