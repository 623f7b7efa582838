"""Stages of the packs in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STAGES = {
    "answer": pgettext_lazy("a complaint", "Answer"),
    "complex": _("Answer, complex"),
    "extended": _("Answer, extended"),
    "summary": _("Summary resolution"),
    "final": _("Final response"),
    "held": _("Final response, after a holding reply"),
}
UNITS = {"calendar": _("%(days)s calendar days"), "business": _("%(days)s business days")}
NEEDS = {
    "complex": _("found to be complex"), "approved": _("extension approved"), "noticed": _("customer told"),
    "holding_reply": _("holding reply sent"),
}  # fmt: skip
