"""How the bank and a customer reach each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactChannel(models.TextChoices):
    BRANCH = "branch", _("Branch")
    PHONE = "phone", _("Phone")
    MESSENGER = "messenger", _("Messenger")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")
    VIDEO = "video", _("Video")
    VISIT = "visit", _("Visit")
    EVENT = "event", _("Event")
    APP = "app", _("App")
