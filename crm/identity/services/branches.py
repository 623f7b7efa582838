"""The tree of branches. Reach goes by `path`, so nothing else may write it."""

from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.mandates import demand
from crm.identity.models import Branch, User


@transaction.atomic
def save_branch(*, branch: Branch, by: User | str, proposal: Any = None) -> Branch:
    """Save a new or changed branch and set the paths of all below it. Its own branches can't be its parent.

    A move widens the reach of the heads above, so that a person needs a proposal for it.
    """
    tree = {one.pk: one for one in Branch.objects.locked()}
    refuse_circle(branch, tree)
    before = tree.get(branch.pk)
    parent = tree[branch.parent_id] if branch.parent_id else None
    if before and before.parent_id != branch.parent_id:
        demand("branch", by=by, proposal=proposal, code=before.code, parent=parent.code if parent else "")
    branch.path = f"{parent.path if parent else '/'}{branch.code}/"
    branch.save()
    if before and before.path != branch.path:
        _move_below(before.path, branch.path)
    audit.record("branch.saved", branch, by=by, code=branch.code, path=branch.path)
    return branch


def refuse_circle(branch: Branch, tree: dict[int, Branch]) -> None:
    """Refuse what the tree (branches by id) can't take; the form asks before it saves."""
    if "/" in branch.code:
        raise RuleBroken(_("A branch code has no slash."), field="code")
    parent, before = tree.get(branch.parent_id or 0), tree.get(branch.pk)
    if parent and before and parent.path.startswith(before.path):
        raise RuleBroken(_("A branch can't stand below itself."), field="parent")


def _move_below(old: str, new: str) -> None:
    rest = Substr(F("path"), len(old) + 1)
    Branch.objects.filter(path__startswith=old).update(path=Concat(Value(new), rest))
