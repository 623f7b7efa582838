"""Value assumptions as proposals: the content is "value" of a policy file."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Effect
from crm.approvals.models import Proposal
from segmentation.differences import value_changes
from segmentation.models import ValueVersion
from segmentation.value.assumptions import Assumptions
from segmentation.value.publishing import check_known
from segmentation.value.trial import tried
from segmentation.value.versions import last_day, version_on
from segmentation.versioned import Versioned, was_approved

VALUE = "value"


def was_published() -> bool:
    """From then on assumptions change by proposal alone."""
    return was_approved(VALUE)


def validate(content: Any) -> None:
    check_known(Assumptions.parse(content))


ASSUMPTIONS = Versioned(
    VALUE,
    in_force=lambda _content, day: version_on(day),
    versions=lambda _content: ValueVersion.objects.all(),
    differ=value_changes,
)


def simulate(content: Content) -> Effect:
    """The newest closed month under these assumptions, and as it was reckoned."""
    found = tried(Assumptions.parse(content))
    if found is None:
        return {}
    return {
        "customers": found.customers,
        "unknown": found.unknown,
        "value_before": {currency: str(amount) for currency, amount in found.before.items()},
        "value_after": {currency: str(amount) for currency, amount in found.after.items()},
        "data_date": str(last_day(found.month)),
    }


def sentences(proposal: Proposal) -> tuple[str, str]:
    dated = _("Value assumptions, from %(day)s: %(what)s.")
    at_once = _("Value assumptions, from the next night on: %(what)s.")
    return ASSUMPTIONS.said(proposal, dated=dated, at_once=at_once), _effect(proposal.effect)


def _effect(effect: Effect) -> str:
    if "value_after" not in effect:
        return _("No month is closed yet, so its effect can't be said.")
    unknown = effect.get("unknown") or 0
    said = _("The month of %(month)s would have brought in %(after)s instead of %(before)s") % {
        "month": date_format(date.fromisoformat(effect["data_date"]), "YEAR_MONTH_FORMAT"),
        "after": _sums(effect["value_after"]),
        "before": _sums(effect.get("value_before")),
    }
    if not unknown:
        return _("%(said)s.") % {"said": said}
    of_whom = ngettext("not known of %(count)s customer", "not known of %(count)s customers", unknown)
    return _("%(said)s; %(unknown)s.") % {"said": said, "unknown": of_whom % {"count": f"{unknown:,}"}}


def _sums(amounts: Any) -> str:
    return ", ".join(f"{amount} {currency}" for currency, amount in sorted((amounts or {}).items())) or "0"


KIND = ASSUMPTIONS.proposed(
    gettext_lazy("Value assumptions"), validate=validate, sentences=sentences, simulate=simulate
)
