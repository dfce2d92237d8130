"""Faults: crashes, full disks, damage; rebuilt by the thousand and survived."""
