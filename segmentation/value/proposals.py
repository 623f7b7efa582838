"""Value assumptions as proposals: the content is "value" of a policy file."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.approvals.kinds import Content, Details, Effect, Kind
from crm.approvals.models import Proposal
from crm.base.templatetags.frame import said_day
from segmentation.differences import Change, value_changes
from segmentation.models import ValueVersion
from segmentation.services.policies import check_new, next_day, publish
from segmentation.services.publishing import Applied
from segmentation.value.assumptions import Assumptions
from segmentation.value.publishing import check_known
from segmentation.value.trial import tried
from segmentation.value.versions import last_day, version_on

VALUE = "value"
NAMED = 3


def was_published() -> bool:
    """From then on assumptions change by proposal alone."""
    return Proposal.objects.filter(kind=VALUE, status=Proposal.Status.APPROVED).exists()


def validate(content: Any) -> None:
    check_known(Assumptions.parse(content))


def _in_force(on: date | None) -> ValueVersion | None:
    return version_on(on or next_day())


def starts(content: Content, wished: date | None) -> date | None:
    """None is the first business date that has not run when it is approved."""
    check_new(content, wished, _in_force(wished))
    return wished


def base(content: Content, effective_from: date | None) -> str:
    version = _in_force(effective_from)
    return f"{VALUE}:{version.number if version else 0}"


def built_on(proposal: Proposal) -> ValueVersion | None:
    return ValueVersion.objects.filter(number=int(proposal.base_version.rpartition(":")[2])).first()


def changes(proposal: Proposal) -> list[Change]:
    before = built_on(proposal)
    return value_changes(before.content if before else None, proposal.content)


def details(proposal: Proposal) -> Details:
    return Details("segmentation/_changes.html", {"changes": changes(proposal), "before": built_on(proposal)})


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


def apply(proposal: Proposal, by: Any) -> Applied:
    return publish(content={VALUE: proposal.content}, by=by, proposal=proposal)


def sentences(proposal: Proposal) -> tuple[str, str]:
    names = {"what": _changed(proposal)}
    if proposal.effective_from:
        said = _("Value assumptions, from %(day)s: %(what)s.")
        names["day"] = said_day(proposal.effective_from)
    else:
        said = _("Value assumptions, from the next night on: %(what)s.")
    return said % names, _effect(proposal.effect)


def _changed(proposal: Proposal) -> str:
    if built_on(proposal) is None:
        return _("the first version")
    found = [change.what for change in changes(proposal)]
    more = len(found) - NAMED
    said = "; ".join(found[:NAMED])
    return said + ngettext("; %(count)s more", "; %(count)s more", more) % {"count": more} if more > 0 else said


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


KIND = Kind(
    VALUE, gettext_lazy("Value assumptions"), validate=validate, apply=apply, sentences=sentences, base=base,
    starts=starts, details=details, simulate=simulate,
)  # fmt: skip
