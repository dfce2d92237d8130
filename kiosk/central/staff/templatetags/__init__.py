"""Words that templates of central can use."""
