"""By what right a person gives a role, reach or a login: a proposal that somebody else approved.

Proposals stand above this floor. The slot "identity.mandates" takes callables `(proposal, kind, act) -> bool` that say
whether the proposal is approved, of the kind, and says what the act does. A worker or a set-up command, whose `by` is
a name, needs none.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.slots import contributions

if TYPE_CHECKING:
    from crm.identity.models import User


def demand(kind: str, *, by: "User | str", proposal: Any, **act: str) -> None:
    if isinstance(by, str):
        return
    if proposal is not None and any(covers(proposal, kind, act) for covers in contributions("identity.mandates")):
        return
    raise RuleBroken(_("This is given by a proposal that somebody else approves."), code="four_eyes")
