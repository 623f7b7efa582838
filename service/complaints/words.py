"""The words by which what the bank does with a complaint is told apart."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Letter(TextChoices):
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    HOLDING = "holding", _("Holding reply")
    EXTENSION = "extension", _("Notice of an extension")
    FINAL = "final", pgettext_lazy("a letter", "Final response")
    REVIEW = "review", _("Result of the review")


class Outcome(TextChoices):
    STANDS = "stands", _("The answer stands")
    CHANGED = "changed", _("The answer is changed")
