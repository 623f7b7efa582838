"""What people wrote into the ledger beside the nights, as the slot tells it: waivers by hand, and reversals."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from customers.models import Customer
from segmentation.answers import amount
from segmentation.decisions.slot import Decision, Figure
from segmentation.models import WaiverEntry
from segmentation.rules.sentences import money
from segmentation.why import spoken_day

KIND = "waiver"


def by_hand(customer: Customer) -> QuerySet[WaiverEntry]:
    rows = WaiverEntry.objects.filter(Q(run=None) | Q(reverses__isnull=False), customer=customer)
    return rows.select_related("tier", "charge__fee", "account").order_by("-business_date", "-number")


def decision_by_hand(entry: WaiverEntry) -> Decision:
    said, told = _sentences(entry)
    return Decision(
        kind=KIND,
        key=f"entry-{entry.number}",
        on=entry.business_date,
        sentence=said,
        told=told,
        label=_("Reversed") if entry.reverses_id else _("Waived"),
        colour="orange" if entry.reverses_id else "teal",
        figures=(
            Figure("waived", _("waived"), money(entry.waived, entry.currency), amount(entry.waived, entry.currency)),
        ),
        reason=entry.reason,
        details={
            "id": entry.charge_id,
            "outcome": "reversed" if entry.reverses_id else "waived",
            "tier": entry.tier.code,
            "charge": entry.charge.number,
            "account": entry.account.number,
            "fee": entry.fee_code,
            "charged_on": entry.charged_on,
            "percent": entry.percent,
            "currency": entry.currency,
            "entry": entry.number,
            "exemption": entry.exemption or None,
            "not_waived_because": None,
        },
    )


def _sentences(entry: WaiverEntry) -> tuple[str, str]:
    """For those inside the bank, and for the customer."""
    words = {
        "fee": entry.charge.fee,
        "day": spoken_day(entry.charged_on, year=True),
        "amount": money(abs(entry.waived), entry.currency),
        "number": entry.reverses_id,
    }
    if entry.reverses_id:
        said = _("%(fee)s on %(day)s: %(amount)s taken back, the reversal of entry %(number)s.") % words
        told = _("%(fee)s on %(day)s: a waiver of %(amount)s was taken back.") % words
    elif entry.correction_id:
        said = told = _("%(fee)s on %(day)s: %(amount)s waived by a correction.") % words
    else:
        said = told = _("%(fee)s on %(day)s: %(amount)s waived by hand.") % words
    return said, told
