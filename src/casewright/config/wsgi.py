"""The door web servers use."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casewright.config.settings")
application = get_wsgi_application()
