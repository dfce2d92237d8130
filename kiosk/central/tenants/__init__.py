"""Libraries and their branches, staff, what they may do where, and the record of what they did."""
