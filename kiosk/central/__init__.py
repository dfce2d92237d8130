"""The library's end: a Django project that knows nothing of a kiosk but the wire."""
