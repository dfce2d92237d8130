"""The door for a web server that runs central by itself."""

from django.core.wsgi import get_wsgi_application

from kiosk.central.run import operations

operations.ready_to_serve()
application = get_wsgi_application()
