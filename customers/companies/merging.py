"""What of companies goes with a merge, and back with its undoing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.companies.promises import promised
from customers.duplicates.moves import Moves, overlapping
from customers.models import (
    CompanyFigure,
    CompanyNews,
    CompanyRelation,
    ContactPerson,
    CreditLimit,
    GroupMember,
    Guarantee,
    Merge,
    Renewal,
    SiteVisit,
)

Kind = CompanyRelation.Kind


@dataclass(frozen=True)
class Ends(Moves):
    """Rows that lead to a customer by `field`, some of which no two records can share."""

    field: str = "customer"

    def rows(self, survivor_id: int, absorbed_id: int) -> QuerySet:
        found = self.model._default_manager.filter(**{self.field: absorbed_id}).order_by()
        if self.stays:
            found = found.exclude(pk__in=self.stays(survivor_id, absorbed_id).order_by().values("pk"))
        return found

    def move(self, merge: Merge) -> list[int]:
        """Refuses where a company would own itself, or more than all of it be owned."""
        keys = list(self.rows(merge.survivor_id, merge.absorbed_id).values_list("pk", flat=True))
        with promised():
            self._give(keys, merge.absorbed_id, merge.survivor_id)
        return keys

    def undo(self, merge: Merge, kept: list[int]) -> list[str]:
        with promised():
            moved = self._give(kept, merge.survivor_id, merge.absorbed_id)
        return [str(self.label)] if moved < len(kept) else []

    def _give(self, keys: list[int], source: int, target: int) -> int:
        rows = self.model._default_manager.filter(**{"pk__in": keys, self.field: source})
        return rows.update(**{self.field: target})


def _same_relation(other: str) -> Callable[[int, int], QuerySet]:
    """Relations that both records have with the same end, owners and heads that both name, and what is between the two."""

    def found(survivor_id: int, absorbed_id: int) -> QuerySet:
        own = "customer" if other == "party" else "party"
        rows = CompanyRelation.objects.filter(**{own: absorbed_id})
        theirs = CompanyRelation.objects.filter(kind=OuterRef("kind"), **{own: survivor_id})
        theirs = theirs.exclude(until__lte=OuterRef("since"))
        same = Q(Exists(theirs.filter(**{other: OuterRef(other)}))) | Q(**{other: survivor_id})
        if own == "customer":
            same |= Q(Exists(theirs.filter(outsider=OuterRef("outsider"))))
            # what has a share, or is one at a time, is of one record: the sums of both would be nobody's
            same |= Q(Exists(theirs), kind__in=[*CompanyRelation.SHARED, Kind.PARENT, Kind.LEGAL_REPRESENTATIVE])
        return rows.filter(same)

    return found


def _between(own: str, other: str) -> Callable[[int, int], QuerySet]:
    """Guarantees of one record for the other."""

    def found(survivor_id: int, absorbed_id: int) -> QuerySet:
        return Guarantee.objects.filter(**{own: absorbed_id, other: survivor_id})

    return found


def _told_already(survivor_id: int, absorbed_id: int) -> QuerySet:
    same = {name: OuterRef(name) for name in ("kind", "months", "since")}
    there = CompanyFigure.objects.filter(customer=survivor_id, **same)
    return CompanyFigure.objects.filter(Exists(there), customer=absorbed_id)


class Memberships(Moves):
    """No company is in two groups on one day. Where the days meet, the absorbed record leaves its group with the merge, and the
    one that stays comes in its place unless it is in one."""

    def move(self, merge: Merge) -> Any:
        met = overlapping(GroupMember)(merge.survivor_id, merge.absorbed_id).filter(until=None)
        rows = list(met.order_by())
        return {"moved": super().move(merge), "ended": [self._pass_on(merge, row) for row in rows]}

    def _pass_on(self, merge: Merge, row: GroupMember) -> dict[str, int | None]:
        row.until = max(timezone.localdate(merge.at), row.since)
        row.save(update_fields=["until"])
        if GroupMember.objects.filter(customer=merge.survivor_id).exclude(until__lte=row.until).exists():
            return {"pk": row.pk, "made": None}
        made = GroupMember.objects.create(group=row.group, customer_id=merge.survivor_id, since=row.until)
        return {"pk": row.pk, "made": made.pk}

    def undo(self, merge: Merge, kept: Any) -> list[str]:
        """A membership is never deleted: one that is taken back has no day."""
        for each in kept["ended"]:
            GroupMember.objects.filter(pk=each["made"]).update(until=F("since"))
            GroupMember.objects.filter(pk=each["pk"]).update(until=None)
        return super().undo(merge, kept["moved"])


PARTS = (
    Ends("company-figures", _("Figures"), CompanyFigure, _told_already),
    Ends("company-relations", _("Relations of the company"), CompanyRelation, _same_relation("party")),
    Ends("party-relations", _("Relations with companies"), CompanyRelation, _same_relation("customer"), "party"),
    Ends("guarantees", _("Guarantees received"), Guarantee, _between("customer", "party")),
    Ends("guarantees-given", _("Guarantees given"), Guarantee, _between("party", "customer"), "party"),
    Moves("credit-limits", _("Credit limits"), CreditLimit),
    Memberships("group-memberships", _("Memberships of a group"), GroupMember, overlapping(GroupMember)),
    Moves("contact-persons", _("Contact persons"), ContactPerson),
    Moves("site-visits", _("Site visits"), SiteVisit),
    Moves("company-news", _("News"), CompanyNews),
    Moves("renewals", _("Renewals"), Renewal),
)


@dataclass(frozen=True)
class Together:
    """The parts as one line of the page on which two records are compared, counted by one query."""

    name: str
    label: str | Promise
    parts: tuple[Moves, ...]

    def count(self, survivor_id: int, absorbed_id: int) -> int:
        first, *others = (part.rows(survivor_id, absorbed_id).values_list("pk") for part in self.parts)
        return first.union(*others, all=True).count()

    def move(self, merge: Merge) -> dict[str, Any]:
        return {part.name: part.move(merge) for part in self.parts}

    def undo(self, merge: Merge, kept: dict[str, Any]) -> list[str]:
        return [text for part in self.parts for text in part.undo(merge, kept[part.name])]


HANDLERS = (Together("companies", _("What is noted of companies"), PARTS),)
