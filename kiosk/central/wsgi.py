"""The door for a web server that runs central by itself."""

from django.core.wsgi import get_wsgi_application

from kiosk.central import operations

operations.prepare()
application = get_wsgi_application()
