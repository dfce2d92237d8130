"""The boards: what staff publish of ideas, book tips, answers, goals, partners and methods."""
