"""The questionnaires: what is asked, and what was answered."""
