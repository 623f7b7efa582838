from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Difference(TextChoices):
    """Why a charge of the feed does not fit the ledger."""

    NO_PAYER = "no_payer", _("Nobody owns the account")
    UNBALANCED = "unbalanced", _("The entries are not what is waived")
    CHANGED = "changed", _("Changed by the feed after it was waived")
    UNTAKEN = "untaken", _("No night has taken it")
