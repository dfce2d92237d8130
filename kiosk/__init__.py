"""The meröppet kiosk, all but the visitor's screens."""
