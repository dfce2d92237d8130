"""The questionnaires: what staff ask visitors, and what was answered."""
