"""Kinds of proposals. An app that owns what is changed registers its own in `AppConfig.ready()`:

    contribute("approvals.kinds", Kind("tier_scheme", _("Tier scheme"), validate=..., base=..., apply=..., sentences=...))

`content` is JSON and says all of the change; what a kind needs beside it, it reads from the database itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.slots import contributions
from crm.identity.models import User

if TYPE_CHECKING:
    from crm.approvals.models import Proposal

Content = dict[str, Any]
Effect = dict[str, Any]
Cost = tuple[Decimal, str]


@dataclass(frozen=True)
class Details:
    """A fragment on the proposal's page, which shows the change against what is in force."""

    template: str
    context: dict[str, Any]


def _no_base(content: Content, effective_from: date | None) -> str:
    return ""


def _at_once(content: Content, wished: date | None) -> date | None:
    if wished is not None:
        raise RuleBroken(_("This takes effect when it is approved; it has no date."), field="effective_from")
    return None


def _no_effect(content: Content) -> Effect:
    return {}


def _no_details(proposal: "Proposal") -> Details | None:
    return None


def _nobody(proposal: "Proposal") -> set[int]:
    return set()


def _no_cost(content: Content, effect: Effect) -> Cost | None:
    return None


def _no_customers(content: Content) -> Iterable[int]:
    return ()


def _anybody(content: Content, by: User) -> None:
    return None


def _as_said(content: Content, title: str) -> str:
    return title


def _nothing_follows(proposal: "Proposal") -> None:
    return None


def _no_subject(content: Content) -> int | None:
    return None


@dataclass(frozen=True)
class Kind:
    """What crm.approvals asks about a proposal.

    validate(content): raises RuleBroken, `field` being the path of what is wrong.
    apply(proposal, by): does it, inside the transaction of the approval; `by` is the checker. Raises RuleBroken.
    sentences(proposal): who or what, and to what effect; in the reader's language.
    base(content, effective_from): the version that it builds on, such as "tier_scheme:person:3". Another one when it
        is approved makes the proposal stale.
    starts(content, wished): the day from which it holds, None for the approval itself; raises RuleBroken. Unless a kind
        has its own, a date is refused.
    simulate(content): the effect, where the proposer gives none. A flat value is shown as a row of a small table.
    details(proposal): the change against what is in force.
    forbidden_checkers(proposal): ids of users who may not decide, beside maker, subject, and givers of the maker's role.
    cost(content, effect): (amount, currency) for "dearest first".
    customers(content): ids; who may decide reaches them while the proposal is open. `names_customers` hides the
        kind from admins.
    may_propose(content, by): raises RuleBroken where the content is out of the maker's reach.
    subject(content): the id of the user whom it is about. `is_kept_from_subject`: they never see that there is one.
    title(content, said): how it is called, where that is not as its maker says.
    made(proposal): what follows once it is laid before them, in its transaction.
    makers: the roles that may propose it. `small_up_to`: an amount up to which several are approved together.
    """

    name: str
    label: str | Promise
    validate: Callable[[Content], None]
    apply: Callable[["Proposal", Any], Any]
    sentences: Callable[["Proposal"], tuple[str, str]]
    base: Callable[[Content, date | None], str] = _no_base
    starts: Callable[[Content, date | None], date | None] = _at_once
    simulate: Callable[[Content], Effect] = _no_effect
    details: Callable[["Proposal"], Details | None] = _no_details
    forbidden_checkers: Callable[["Proposal"], set[int]] = _nobody
    cost: Callable[[Content, Effect], Cost | None] = _no_cost
    customers: Callable[[Content], Iterable[int]] = _no_customers
    may_propose: Callable[[Content, User], None] = _anybody
    subject: Callable[[Content], int | None] = _no_subject
    title: Callable[[Content, str], str] = _as_said
    made: Callable[["Proposal"], None] = _nothing_follows
    makers: frozenset[str] = frozenset({User.Role.ADMIN})
    names_customers: bool = False
    is_kept_from_subject: bool = False
    small_up_to: Decimal | None = None


def kinds() -> dict[str, Kind]:
    return {kind.name: kind for kind in contributions("approvals.kinds")}


def kind_of(name: str) -> Kind:
    try:
        return kinds()[name]
    except KeyError:
        raise RuleBroken(_("There is no kind of proposal “%(kind)s”.") % {"kind": name}, field="kind") from None
