"""The WSGI application of the plain site with grapple."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.grapple_wagtail.settings")

application = get_wsgi_application()
