"""What needs a second pair of eyes: a lower risk, the end of a case, and after how long a customer is looked at again.

Content of `kyc_downgrade`: {"customer": number, "level": "low"}; of `aml_case_end`: {"customer": number, "rating": id}; of
`kyc_interval`: {"level": "high", "months": 6}. The proposal's reason is the reason of what it does.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.approvals.kinds import Kind
from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.kyc.rating import end_case, rate_customer, rating_of
from customers.models import Customer, KycInterval, Risk, RiskRating
from customers.querysets.kyc import CLEARED

MAKERS = frozenset({User.Role.MANAGER, User.Role.HEAD})
LONGEST = 60


def _asked(content: Any, *names: str) -> dict[str, Any]:
    if not isinstance(content, dict) or set(content) != set(names):
        raise RuleBroken(_("This holds %(names)s and nothing else.") % {"names": ", ".join(names)}, field="content")
    return content


def _customer(content: Any) -> Customer:
    number = content.get("customer") if isinstance(content, dict) else None
    is_text = isinstance(number, str) and number.isprintable()
    found = Customer.objects.unmerged().filter(number=number).first() if is_text else None
    if found is None:
        raise RuleBroken(_("There is no such customer."), field="customer")
    return found


def _in_reach(content: Any, by: User) -> None:
    """Nobody proposes about a customer out of reach, nor learns whether there is one."""
    if not Customer.objects.visible_to(by).filter(pk=_customer(content).pk).exists():
        raise RuleBroken(_("There is no such customer."), field="customer")


def _customers(content: Any) -> list[int]:
    return [_customer(content).pk]


def _lower(content: Any) -> tuple[Customer, RiskRating]:
    """The customer, and the rating that is above what is proposed."""
    asked, customer = _asked(content, "customer", "level"), _customer(content)
    if asked["level"] not in Risk.values:
        raise RuleBroken(_("A risk is low, medium or high."), field="level")
    known = rating_of(customer)
    if known is None or Risk(asked["level"]).height >= Risk(known.level).height:
        raise RuleBroken(_("Only a lower risk than now is proposed; any other one is said at once."), field="level")
    return customer, known


def _apply_lower(proposal: Proposal, by: User) -> RiskRating:
    customer, _known = _lower(proposal.content)
    return rate_customer(
        customer=customer,
        level=proposal.content["level"],
        reason=proposal.reason,
        by=proposal.maker,
        at=timezone.now(),
        approved_by=by,
    )


def _base(content: Any, effective_from: date | None) -> str:
    """Another rating of the customer meanwhile overtakes the proposal."""
    customer = _customer(content)
    known = rating_of(customer)
    return f"risk_rating:{customer.pk}:{known.pk if known else 0}"


def _say_lower(proposal: Proposal) -> tuple[str, str]:
    customer = _customer(proposal.content)
    known = rating_of(customer)
    said = {"customer": customer, "level": Risk(proposal.content["level"]).label, "now": known or "–"}
    return (
        _("The money-laundering risk of %(customer)s becomes: %(level)s.") % said,
        _("Now it is: %(now)s. The next review is put off accordingly.") % said,
    )


def _case(content: Any) -> RiskRating:
    asked, customer = _asked(content, "customer", "rating"), _customer(content)
    key = asked["rating"]
    rows = RiskRating.objects.cases().filter(customer=customer)
    found = (
        rows.filter(pk=key).first() if isinstance(key, int) and not isinstance(key, bool) and 0 < key < 2**62 else None
    )
    if found is None:
        raise RuleBroken(_("There is no such case, or it has ended."), field="rating")
    return found


def _cleared_in_reach(content: Any, by: User) -> None:
    _in_reach(content, by)
    if not by.may(CLEARED):
        raise RuleBroken(_("There is no such case, or it has ended."), field="rating")


def _say_end(proposal: Proposal) -> tuple[str, str]:
    customer = _customer(proposal.content)
    return (
        _("The anti-money-laundering case of %(customer)s ends.") % {"customer": customer},
        _("The risk that was found in reviews counts alone."),
    )


def _interval(content: Any) -> tuple[KycInterval, int]:
    asked = _asked(content, "level", "months")
    found = KycInterval.objects.filter(level=str(asked["level"])).first()
    if found is None:
        raise RuleBroken(_("A risk is low, medium or high."), field="level")
    months = asked["months"]
    if not isinstance(months, int) or isinstance(months, bool) or not 1 <= months <= LONGEST:
        raise RuleBroken(_("From 1 to %(most)s months.") % {"most": LONGEST}, field="months")
    return found, months


@transaction.atomic
def _apply_interval(proposal: Proposal, by: User) -> KycInterval:
    """For reviews that are planned from now on; those that are planned keep their day."""
    found, months = _interval(proposal.content)
    found.months = months
    found.save(update_fields=["months"])
    audit.record("kyc.interval_changed", found, by=by, level=found.level, months=found.months)
    return found


def _say_interval(proposal: Proposal) -> tuple[str, str]:
    found, months = _interval(proposal.content)
    said = {"level": found.get_level_display(), "months": months, "now": found.months}
    return (
        _("Customers of this risk are reviewed every %(months)s months: %(level)s.") % said,
        _("Now it is every %(now)s months. Reviews that are planned keep their day.") % said,
    )


def _validate(read: Callable[[Any], Any]) -> Callable[[Any], None]:
    def validate(content: Any) -> None:
        read(content)

    return validate


LOWER = Kind(
    "kyc_downgrade", gettext_lazy("Lower money-laundering risk"), validate=_validate(_lower),
    apply=_apply_lower, sentences=_say_lower, base=_base, customers=_customers, may_propose=_in_reach, makers=MAKERS,
    names_customers=True,
)  # fmt: skip
CASE_END = Kind(
    "aml_case_end", gettext_lazy("End of an anti-money-laundering case"), validate=_validate(_case),
    apply=lambda proposal, by: end_case(rating=_case(proposal.content), by=by, at=timezone.now()), sentences=_say_end,
    customers=_customers, may_propose=_cleared_in_reach, makers=frozenset({User.Role.HEAD}), names_customers=True,
)  # fmt: skip
INTERVAL = Kind(
    "kyc_interval", gettext_lazy("Interval of KYC reviews"), validate=_validate(_interval),
    apply=_apply_interval, sentences=_say_interval,
)  # fmt: skip
KINDS = (LOWER, CASE_END, INTERVAL)
