"""The handbook, as staff read it in the browser."""
