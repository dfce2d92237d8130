"""The kiosks: how each of them is, and what a technician does with one."""
