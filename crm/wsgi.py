"""The WSGI entry of gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
application = get_wsgi_application()

# what is loaded by now lives as long as the process: don't look through it for garbage on every thousandth object
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
