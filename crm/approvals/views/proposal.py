import json
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.checkers import checkers_of, may_decide
from crm.approvals.effects import figures
from crm.approvals.models import Proposal
from crm.approvals.people.logins import has_link
from crm.base.pages import Action, DetailPage
from crm.base.slots import contributions


class ProposalPage(DetailPage):
    """Content against what is in force, effect, hash and history; the decision, for who may take it.

    Slot "proposal.panels": panels.Panel whose object is the proposal, shown between effect and content.
    """

    permission = "proposals:read"
    parents = [(gettext_lazy("Approvals"), "proposals")]
    queryset = Proposal.objects.select_related("maker", "checker", "acting_for", "subject_user")
    template_name = "approvals/proposal.html"

    def get_actions(self) -> list[Action]:
        if self.object.is_open and self.object.maker_id == self.request.user.pk:
            return [Action(_("Withdraw"), reverse("proposal_withdraw", args=[self.object.pk]), icon="x", post=True)]
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal, user, now = self.object, self.request.user, timezone.now()
        known = proposal.has_kind
        is_held = known and proposal.is_open and proposal.expires_at > now
        return super().get_context_data(
            proposal=proposal,
            sentences=proposal.what.sentences(proposal) if known else (),
            details=proposal.what.details(proposal) if known else None,
            figures=figures(proposal.effect),
            panels=self.panels(),
            content=json.dumps(proposal.content, indent=2, sort_keys=True, ensure_ascii=False),
            history=history(proposal),
            is_overtaken=is_held and is_overtaken(proposal),
            held_by=checkers_of(proposal, at=now) if is_held else [],
            is_held=is_held,
            may_decide=known and may_decide(proposal, user, at=now),
            has_link=has_link(proposal, user, at=now),
            **kwargs,
        )

    def panels(self) -> list[tuple[Any, dict[str, Any]]]:
        found = [(panel, panel.context(self.request, self.object)) for panel in contributions("proposal.panels")]
        return [(panel, context) for panel, context in found if context is not None]


def is_overtaken(proposal: Proposal) -> bool:
    """Whether approving it would only mark it so."""
    return proposal.what.base(proposal.content, proposal.effective_from) != proposal.base_version


def history(proposal: Proposal) -> list[tuple[Any, str, str]]:
    """(moment, what happened, by whom), from the row itself: it outlives nothing and needs no search of the trail."""
    lines = [(proposal.made_at, _("Proposed"), str(proposal.maker))]
    if proposal.reminded_at:
        lines.append((proposal.reminded_at, _("Reminded"), ""))
    if proposal.escalated_at:
        lines.append((proposal.escalated_at, _("Told to heads and all approvers"), ""))
    if proposal.decided_at:
        who = str(proposal.checker or "")
        if proposal.acting_for:
            who = _("%(deputy)s in place of %(approver)s") % {"deputy": who, "approver": proposal.acting_for}
        lines.append((proposal.decided_at, str(proposal.get_status_display()), who))
    return sorted(lines, key=lambda line: line[0])
