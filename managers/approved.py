"""Rules that change by proposal, whatever they say: which version holds, and how an approved one becomes the next.

Approvals of a kind come one after the other, each on the base that its maker saw: crm/approvals/services/deciding.py. A day
that passes before the approval is the day of the approval, so that no version ever holds for days that were lived by another.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.bases import base_of, number_before
from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from segmentation.services.publishing import next_number


@dataclass(frozen=True)
class Rules:
    """`model` is an `ApprovedVersion`; `kind` that of its proposals."""

    kind: str
    model: Any

    def version_on(self, day: date) -> Any:
        """None where nothing was said by then."""
        return self.model.objects.filter(effective_from__lte=day).order_by("-effective_from", "-number").first()

    def content_on(self, day: date) -> dict[str, Any]:
        version = self.version_on(day)
        return version.content if version else {}

    def base(self, content: Any, effective_from: date | None) -> str:
        today = timezone.localdate()
        return base_of(self.kind, self.version_on(max(effective_from or today, today)))

    def built_on(self, proposal: Proposal) -> Any:
        """The version that the maker had before the eyes."""
        return self.model.objects.filter(number=number_before(proposal)).first()

    def starts(self, content: Any, wished: date | None) -> date | None:
        if wished is not None and wished <= timezone.localdate():
            raise RuleBroken(
                _("It begins tomorrow or later; without a day, when it is approved."), field="effective_from"
            )
        version = self.version_on(wished or timezone.localdate())
        if version and version.content_hash == digest(content):
            raise RuleBroken(_("This is in force already."), field="content")
        return wished

    def when(self, proposal: Proposal) -> str:
        if proposal.effective_from is None:
            return _("when it is approved")
        return _("from %(day)s") % {"day": said_day(proposal.effective_from)}

    def apply(self, proposal: Proposal, by: Any) -> Any:
        at = proposal.decided_at or timezone.now()
        day = timezone.localdate(at)
        version = self.model.objects.create(
            number=next_number(self.model.objects),
            effective_from=max(proposal.effective_from or day, day),
            content=proposal.content,
            content_hash=digest(proposal.content),
            published_at=at,
            published_by=by,
            proposal=proposal,
        )
        audit.record(f"{self.kind}.published", version, by=by, effective_from=str(version.effective_from))
        return version
