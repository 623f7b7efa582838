"""How often benefits were used between two days: per benefit, and of each per tier and per branch."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Sum

from segmentation.migration.figures import counts_all
from segmentation.models import EntitlementUse


@dataclass
class Reported:
    """The uses of a benefit that stand, by how many customers, in all and by tier and branch; the most used comes first."""

    benefit: str
    uses: int = 0
    customers: int = 0
    tiers: dict[str, int] = field(default_factory=dict)
    branches: dict[str, int] = field(default_factory=dict)


def report(user: Any, since: date, through: date) -> list[Reported]:
    rows = EntitlementUse.objects.all() if counts_all(user) else EntitlementUse.objects.visible_to(user)
    rows = rows.filter(used_on__gte=since, used_on__lte=through).order_by()
    found: dict[str, Reported] = {}
    whole = rows.values("benefit__name").annotate(n=Sum("counts"), people=Count("customer", distinct=True))
    for row in whole:
        if row["n"]:
            found[row["benefit__name"]] = Reported(row["benefit__name"], row["n"], row["people"])
    for by, part in (("tier__name", "tiers"), ("customer__branch__name", "branches")):
        for row in rows.values("benefit__name", by).annotate(n=Sum("counts")).order_by("-n", by):
            if row["n"] and row["benefit__name"] in found:
                getattr(found[row["benefit__name"]], part)[row[by] or "–"] = row["n"]
    return sorted(found.values(), key=lambda each: (-each.uses, each.benefit))
