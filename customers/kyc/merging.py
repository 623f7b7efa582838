"""Two records become one: the higher risk counts, and the nearer review stays. Only two people lower a risk."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, QuerySet
from django.utils.translation import gettext as _

from customers.duplicates.moves import Moves
from customers.kyc.rating import rating_of
from customers.models import KycReview, Merge, Risk, RiskRating


def cases_on_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    there = RiskRating.objects.cases().filter(customer=survivor_id)
    return RiskRating.objects.cases().filter(Exists(there), customer=absorbed_id)


def waiting_on_both(survivor_id: int, absorbed_id: int) -> QuerySet:
    there = KycReview.objects.waiting().filter(customer=survivor_id).values("is_case")
    return KycReview.objects.waiting().filter(customer=absorbed_id, is_case__in=there)


class Discreet(Moves):
    """Cases move too, but whoever is about to merge learns from no number that there is one."""

    def count(self, survivor_id: int, absorbed_id: int) -> int:
        return self.rows(survivor_id, absorbed_id).filter(is_case=False).count()


class Ratings(Discreet):
    def move(self, merge: Merge) -> list[int]:
        known = [rating for rating in map(rating_of, (merge.survivor, merge.absorbed)) if rating]
        moved = super().move(merge)
        highest = max((Risk(rating.level) for rating in known), key=lambda level: level.height, default=None)
        now = rating_of(merge.survivor)
        if now and highest and highest.height > Risk(now.level).height:
            reason = _("The higher risk of two records that were merged.")
            RiskRating.objects.create(
                customer=merge.survivor, level=highest, reason=reason, rated_at=merge.at, by=merge.by
            )
        return moved


class Reviews(Discreet):
    """After the ratings."""

    def move(self, merge: Merge) -> dict[str, Any]:
        stayed = {row.is_case: row for row in waiting_on_both(merge.survivor_id, merge.absorbed_id)}
        moved = super().move(merge)
        return {"moved": moved, "brought": [self._bring(row, stayed.get(row.is_case)) for row in self._waiting(merge)]}

    def _waiting(self, merge: Merge) -> QuerySet:
        return KycReview.objects.waiting().filter(customer=merge.survivor_id)

    def _bring(self, own: KycReview, other: KycReview | None) -> dict[str, Any]:
        kept = {"pk": own.pk, "due_on": str(own.due_on), "level": own.level, "version": own.version + 1}
        rating = None if own.is_case else rating_of(own.customer)
        levels = [Risk(each.level) for each in (own, other, rating) if each]
        own.level = max(levels, key=lambda level: level.height)
        own.due_on = min(own.due_on, other.due_on) if other else own.due_on
        own.version += 1
        own.save(update_fields=["level", "due_on", "version"])
        return kept

    def undo(self, merge: Merge, kept: Any) -> list[str]:
        """What somebody has worked on since keeps its day."""
        for each in kept["brought"]:
            untouched = KycReview.objects.waiting().filter(pk=each["pk"], version=each["version"])
            untouched.update(due_on=date.fromisoformat(each["due_on"]), level=each["level"], version=F("version") + 1)
        return super().undo(merge, kept["moved"])
