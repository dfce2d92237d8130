"""The queue of what is to be sent out."""
