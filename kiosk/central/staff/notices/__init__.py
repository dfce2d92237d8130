"""The notices: what passers-by are told."""
