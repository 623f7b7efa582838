"""A version of an advice on A4, for the customer."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.templatetags.frame import said_day
from managers.day.brief import Section
from managers.day.paper import written
from managers.models import AdviceLine, AdviceVersion
from segmentation.rules.sentences import money


def paper_of(version: AdviceVersion, language: str) -> bytes:
    """What was handed over and what the customer answered, in a language of the bank."""
    with translation.override(language):
        customer = version.advice.customer
        number = _("Version %(number)s") % {"number": version.number}
        words = {"day": said_day(version.handed_on), "user": version.by}
        foot = _("Handed over on %(day)s by %(user)s. This version stays as it is.") % words
        return written(_("Investment advice"), f"{customer.number} · {number}", tuple(_sections(version)), foot=foot)


def _sections(version: AdviceVersion) -> Iterator[Section]:
    months = version.horizon_months
    horizon = ngettext("Horizon: %(months)s month", "Horizon: %(months)s months", months) % {"months": months}
    yield Section(_("Customer"), (str(version.advice.customer),))
    yield Section(
        _("What the customer wants to reach"),
        (
            version.goals,
            _("Amount: %(amount)s") % {"amount": money(version.amount, version.currency)},
            horizon,
            _("Review on %(day)s") % {"day": said_day(version.review_on)},
        ),
    )
    words = {"level": version.level, "day": said_day(version.assessed_on)}
    profile = _("C%(level)s, assessed on %(day)s") % words
    yield Section(_("Risk profile"), (profile, _("A product suits where its risk is not above the profile.")))
    yield Section(_("Proposed products"), tuple(_line(line, version) for line in version.lines.all()))
    if answer := getattr(version, "answer", None):
        said = {"answer": answer, "channel": answer.get_channel_display(), "day": said_day(answer.answered_on)}
        lines = (_("%(answer)s, %(channel)s, %(day)s") % said, *filter(None, (answer.words,)))
        yield Section(_("The customer's answer"), lines)


def _line(line: AdviceLine, version: AdviceVersion) -> str:
    share = f"{line.percent} %" if line.amount is None else money(line.amount, version.currency)
    words = {"product": line.product, "share": share, "risk": line.risk, "reason": line.reason}
    return _("%(product)s: %(share)s, risk R%(risk)s. %(reason)s") % words
