"""Stories, end to end: what visitors, staff and technicians really do."""
