"""Rules that change by proposal, whatever they say: which version holds, and how an approved one becomes the next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day


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
        version = self.version_on(effective_from or timezone.localdate())
        return f"{self.kind}:{version.number if version else 0}"

    def built_on(self, proposal: Proposal) -> Any:
        """The version that the maker had before the eyes."""
        return self.model.objects.filter(number=int(proposal.base_version.rpartition(":")[2])).first()

    def starts(self, content: Any, wished: date | None) -> date | None:
        if wished is not None and wished <= timezone.localdate():
            raise RuleBroken(
                _("It begins tomorrow or later; without a day, when it is approved."), field="effective_from"
            )
        return wished

    def when(self, proposal: Proposal) -> str:
        if proposal.effective_from is None:
            return _("when it is approved")
        return _("from %(day)s") % {"day": said_day(proposal.effective_from)}

    def apply(self, proposal: Proposal, by: Any) -> Any:
        at = proposal.decided_at or timezone.now()
        last = self.model.objects.order_by("-number").values_list("number", flat=True).first()
        version = self.model.objects.create(
            number=(last or 0) + 1,
            effective_from=proposal.effective_from or timezone.localdate(at),
            content=proposal.content,
            content_hash=digest(proposal.content),
            published_at=at,
            published_by=by,
            proposal=proposal,
        )
        audit.record(f"{self.kind}.published", version, by=by, effective_from=str(version.effective_from))
        return version
