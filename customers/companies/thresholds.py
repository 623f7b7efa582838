"""By how much a figure of a company may move before it is an alert."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import FigureKind

MOST = Decimal(9)


@transaction.atomic
def change_threshold(
    *, kind: FigureKind, falls_by: Decimal | None, rises_by: Decimal | None, reason: str, by: User
) -> FigureKind:
    """Fractions of what the figure was the period before; None for never. It holds at once, for what was told before too."""
    for field, value in (("falls_by", falls_by), ("rises_by", rises_by)):
        if value is not None and not 0 < value <= MOST:
            raise RuleBroken(_("A change that alerts is more than 0 and at most 900 %."), field=field)
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason")
    kind = FigureKind.objects.select_for_update(of=("self",), no_key=True).get(pk=kind.pk)
    before = {"falls_by": str(kind.falls_by), "rises_by": str(kind.rises_by)}
    kind.falls_by, kind.rises_by = falls_by, rises_by
    kind.version += 1
    kind.save(update_fields=["falls_by", "rises_by", "version"])
    after = {"falls_by": str(falls_by), "rises_by": str(rises_by)}
    audit.record("figure.threshold_changed", kind, by=by, before=before, after=after, reason=reason.strip())
    return kind
