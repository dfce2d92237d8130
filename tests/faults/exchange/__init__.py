"""The exchange under faults: real kiosks, a real central, seeded schedules, and rules removed."""
