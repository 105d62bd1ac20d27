"""The WSGI application that granian (or any WSGI server) serves.

Production settings are the default, since the module is what a deployment names; `make run` sets
DJANGO_SETTINGS_MODULE to the development ones.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

django_application = get_wsgi_application()

from cms.delivery.hot.wsgi import HotPath  # noqa: E402 - needs Django's apps

application = HotPath(django_application)
