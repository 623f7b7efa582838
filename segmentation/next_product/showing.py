"""The suggestions of a customer as a page or REST shows them: the reason in words, and whether they may be offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.among import Among
from crm.base.prepared import DAY, KEYS, Prepared
from customers.contacting.contactable import Contactable, contactable_by
from customers.contacting.suitability import suitability_of
from customers.models import Customer, Interaction, Purpose
from segmentation.models import Affinity, PeerGroup, ProductAnswer, Suggestion
from segmentation.next_product.reckoning import BANDS
from segmentation.next_product.services import obstacle

RELATED = ("product", "affinity__basis", "affinity__group__tier", "affinity__group__segment")


def _newest() -> QuerySet[Suggestion]:
    rows = Suggestion.objects.newest().filter(Among("customer_id", KEYS)).with_state(DAY)
    return rows.select_related(*RELATED).order_by("rank")


NEWEST = Prepared(_newest)


@dataclass(frozen=True)
class Shown:
    """`against` says why it is not to be offered at all, "" where it may be by the `channels`; `said` is the newest answer."""

    suggestion: Suggestion
    reason: str
    share: Decimal
    against: str
    channels: tuple[str, ...]
    said: str
    is_settled: bool

    @property
    def may_be_offered(self) -> bool:
        return not self.against

    @property
    def channel_labels(self) -> str:
        labels = dict(Interaction.Channel.choices)
        return ", ".join(str(labels[channel]) for channel in self.channels)


def shown_of(customer: Customer, at: datetime) -> list[Shown]:
    """Those of the newest closed month, by rank; what the customer holds by now is left out."""
    today = timezone.localdate(at)
    found = [row for row in NEWEST.rows([customer.pk], day=today) if not row.is_held]  # type: ignore[attr-defined]
    if not found:
        return []
    suitability, by_channel = suitability_of(customer, today), contactable_by(customer, Purpose.MARKETING, at)
    return [_shown(row, suitability, by_channel) for row in found]


def _shown(row: Any, suitability: Any, by_channel: Mapping[str, Contactable]) -> Shown:
    channels = tuple(channel for channel, may in by_channel.items() if may)
    against = obstacle(row, suitability)
    if not against and not channels:
        against = str(next(iter(by_channel.values())).reason)
    return Shown(
        suggestion=row,
        reason=reason_of(row.affinity, row.product),
        share=percent_of(row.affinity),
        against=against,
        channels=() if against else channels,
        said=_said(row.said) if row.said else "",
        is_settled=bool(row.said) and row.said["answer"] == ProductAnswer.Answer.NEVER,
    )


def _said(said: Mapping[str, Any]) -> str:
    label = str(ProductAnswer.Answer(said["answer"]).label)
    return f"{label}: {ProductAnswer.Reason(said['reason']).label}" if said["reason"] else label


def percent_of(affinity: Affinity) -> Decimal:
    """Of those asked who hold it, in whole percent."""
    return (Decimal(100 * affinity.holding) / affinity.asked).quantize(Decimal(1), ROUND_HALF_UP)


def reason_of(affinity: Affinity, product: Any) -> str:
    said = {
        "share": percent_of(affinity),
        "who": group_of(affinity.group),
        "count": f"{affinity.holding:,}",
        "asked": f"{affinity.asked:,}",
        "basis": affinity.basis,
    }
    if affinity.basis is None:
        return _("%(share)s %% of %(who)s hold it: %(count)s of %(asked)s.") % said
    return _("%(share)s %% of %(who)s with %(basis)s hold it too: %(count)s of %(asked)s.") % said


def group_of(group: PeerGroup) -> str:
    """ "Person · Gold · Young and rising", or with the band of assets."""
    words = [str(group.get_kind_display())]
    words += [str(group.tier.name)] if group.tier else []
    words += [str(group.segment)] if group.segment else [_band(group.band)]
    return " · ".join(words)


def _band(band: int | None) -> str:
    if band is None or band < 0:
        return _("assets unknown")
    if band == 0:
        return _("assets under %(most)s") % {"most": f"{BANDS[0]:,}"}
    if band == len(BANDS):
        return _("assets from %(least)s") % {"least": f"{BANDS[-1]:,}"}
    return _("assets from %(least)s to %(most)s") % {"least": f"{BANDS[band - 1]:,}", "most": f"{BANDS[band]:,}"}


def month_of(found: list[Shown]) -> date | None:
    return found[0].suggestion.month if found else None
