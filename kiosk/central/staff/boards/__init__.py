"""The boards: writing, publishing and taking down."""
