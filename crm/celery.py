"""The Celery application. Messages only say "look"; the run ledger in PostgreSQL is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
app = Celery("crm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.broker_transport = "crm.jobs.broker:Transport"
app.conf.broker_connection_max_retries = None  # a worker waits for its broker for as long as it takes
app.autodiscover_tasks()
app.autodiscover_tasks(["crm.nightly"])
