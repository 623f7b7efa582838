"""Stages of the packs, and what was found, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from service.complaints.definition import parsed
from service.complaints.versions import contents
from service.models import Complaint

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


class Found:
    """Causes and remedies of any version of the rules by their names; of a code that was renamed the newest."""

    def __init__(self) -> None:
        rules = [parsed(content) for content in contents()]
        self.causes = {code: named for each in rules for code, named in each.causes.items()}
        self.remedies = {code: named for each in rules for code, named in each.remedies.items()}

    def cause(self, complaint: Complaint) -> str:
        return str(self.causes.get(complaint.cause, complaint.cause))

    def remedy(self, complaint: Complaint) -> str:
        return ", ".join(str(self.remedies.get(code, code)) for code in complaint.remedies)
