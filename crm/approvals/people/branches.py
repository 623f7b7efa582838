"""Another place in the tree of branches: it widens the reach of the heads above."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Kind
from crm.approvals.models import Proposal
from crm.approvals.people.reading import branch_named, branch_of, only
from crm.base.errors import RuleBroken
from crm.identity.models import Branch, User
from crm.identity.services import save_branch
from crm.identity.services.branches import refuse_circle


def validate(content: Any) -> None:
    only(content, "code", "parent")
    branch, parent = branch_of(content, "code"), branch_of(content, "parent")
    if branch is None:
        raise RuleBroken(_("Name the branch that moves."), field="code")
    if branch.parent == parent:
        raise RuleBroken(_("It stands there already."), field="parent")
    refuse_circle(Branch(pk=branch.pk, code=branch.code, parent=parent), {one.pk: one for one in Branch.objects.all()})


def base(content: dict[str, str], effective_from: date | None) -> str:
    branch = branch_of(content, "code")
    return f"branch:{branch.pk}:{branch.parent_id or '-'}" if branch else ""


def apply(proposal: Proposal, by: User) -> Branch:
    branch = branch_of(proposal.content, "code")
    assert branch is not None
    branch.parent = branch_of(proposal.content, "parent")
    return save_branch(branch=branch, by=by, proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    names = {"branch": branch_named(proposal.content["code"])}
    if parent := branch_named(proposal.content.get("parent", "")):
        who = _("The branch %(branch)s moves below %(parent)s.") % {**names, "parent": parent}
    else:
        who = _("The branch %(branch)s moves to the top of the tree.") % names
    return who, _("The heads above its new place reach its customers, those above the old one no longer.")


BRANCH = Kind(
    "branch", gettext_lazy("Place of a branch"), validate=validate, apply=apply, sentences=sentences, base=base
)
