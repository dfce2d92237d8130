"""How central runs: its commands, its server, its periodic jobs, and every address."""
