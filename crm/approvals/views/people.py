"""Proposals about people, which admins make."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.approvals import services
from crm.approvals.forms import FORMS, ProposalForm
from crm.approvals.kinds import kinds
from crm.approvals.models import Proposal
from crm.base.pages import FormPage, Page
from crm.base.pages.access import Text
from crm.base.slots import contributions
from crm.identity.models import User


@dataclass(frozen=True)
class Start:
    """A line of the page where a proposal begins: contribute it to the slot "approvals.starts"."""

    kind: str
    label: str | Promise
    text: str | Promise
    url: str | Promise


def start(kind: str, label: Promise, text: Promise) -> Start:
    return Start(kind, label, text, f"/proposals/new/{kind}/")


STARTS = (
    start("role", _("Account or role"), _("Open an account, give another role or branch, or open a closed account.")),
    start("reach", _("Reach"), _("Let somebody reach a book or a branch for a while.")),
    start("login_reset", _("Login reset"), _("Void a lost or unsafe password.")),
    start("branch", _("Place of a branch"), _("Move a branch below another one.")),
)


def role_url(user: User, viewer: User) -> str:
    """Where a row of the list of users leads: an admin proposes another role."""
    is_admin = viewer.role == User.Role.ADMIN
    return f"{reverse('proposal_add', args=['role'])}?username={quote(user.username)}" if is_admin else ""


class NewProposal(Page):
    """The kinds that one's role may propose; each app's editor is a line."""

    permission = "proposals:write"
    title = _("New proposal")
    parents = [(_("My proposals"), "proposals_mine")]
    template_name = "approvals/new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = self.request.user.role
        mine = {kind.name for kind in kinds().values() if role in kind.makers}
        starts = [one for one in (*contributions("approvals.starts"), *STARTS) if one.kind in mine]
        return super().get_context_data(starts=starts, **kwargs)


class ProposePeople(FormPage):
    permission = "proposals:write"
    parents = [(_("My proposals"), "proposals_mine"), (_("New proposal"), "proposal_new")]
    submit = _("Propose")
    done = _("It waits for somebody else's decision.")
    cancel_to = "proposals_mine"

    def is_allowed(self) -> bool:
        if self.kwargs["kind"] not in FORMS:
            raise Http404
        return super().is_allowed() and self.request.user.role in kinds()[self.kwargs["kind"]].makers

    def get_title(self) -> Text:
        return next(one.label for one in STARTS if one.kind == self.kwargs["kind"])

    def get_form_class(self) -> type[ProposalForm]:
        return FORMS[self.kwargs["kind"]]

    def get_initial(self) -> dict[str, Any]:
        """From a row of the list of users: what the account is now."""
        user = User.objects.filter(username=self.request.GET.get("username", "")).select_related("branch").first()
        if user is None:
            return {}
        return {"username": user.username, "role": user.role, "branch": user.branch.code if user.branch else ""}

    def perform(self, form: ProposalForm) -> Proposal:
        return services.propose(
            kind=self.kwargs["kind"],
            content=form.content(),
            title=form.title()[:200],
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )

    def get_success_url(self) -> str:
        return reverse("proposal", args=[self.result.pk])
