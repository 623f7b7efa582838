from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.approvals.checkers import holders
from crm.approvals.filters import ProposalFilter
from crm.approvals.inbox import waiting_for
from crm.approvals.models import Proposal
from crm.approvals.querysets import places_of
from crm.approvals.services.deciding import MOST_TOGETHER
from crm.approvals.tables import MineTable, ProposalTable
from crm.base.pages import Action, Empty, ListPage, Page
from crm.base.tables import Table
from crm.identity.models import User

NEW = Action(_("New proposal"), "proposal_new", icon="plus", permission="proposals:write")
ALL = Action(_("All proposals"), "proposals_all", icon="list")
DEPUTIES = Action(_("Deputies"), "deputies", icon="user-share")


class Inbox(Page):
    """All that waits for one's decision; who decides nothing finds the own proposals here, an auditor all."""

    permission = "proposals:read"
    title = _("Approvals")
    template_name = "approvals/inbox.html"
    actions = [ALL, DEPUTIES]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = self.request.user
        if not places_of(user):
            instead = ProposalList if user.role == User.Role.AUDITOR else MyProposals
            return instead.as_view()(request, *args, **kwargs)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = waiting_for(self.request.user, at=timezone.now())
        several = sum(line.is_small for line in waiting) > 1
        return super().get_context_data(waiting=waiting, several=several, most=MOST_TOGETHER, **kwargs)


class ProposalList(ListPage):
    permission = "proposals:read"
    title = _("Proposals")
    queryset = Proposal.objects.select_related("maker", "checker")
    filterset_class = ProposalFilter
    table_class: ClassVar[type[Table]] = ProposalTable
    ordering = "-"
    empty = Empty(_("No proposals yet"), _("What needs a second pair of eyes is listed here."), icon="checklist")
    actions = [NEW]


class MyProposals(ProposalList):
    """What one has proposed, and who has it now."""

    title = _("My proposals")
    table_class = MineTable
    empty = Empty(
        _("You have proposed nothing yet"), _("What you propose stands here, with who has it now."), icon="checklist"
    )
    actions = [NEW, ALL]

    def get_queryset(self):
        return super().get_queryset().filter(maker=self.request.user)

    def table_options(self) -> dict[str, Any]:
        return {"held": self.held}

    @property
    def held(self) -> dict[int, str]:
        now = timezone.now()
        still_open = [one for one in self.shown.rows if one.is_open and one.expires_at > now and one.has_kind]
        found = holders(still_open, at=now) if still_open else {}
        nobody = str(_("nobody may decide it"))
        return {pk: ", ".join(map(str, users)) or nobody for pk, users in found.items()}
