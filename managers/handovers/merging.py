"""Handovers when two records are made one: they tell how the books went, and stay with the record of which they were made."""

from django.utils.translation import gettext_lazy as _

from customers.models import Merge


class Handed:
    name = "handovers"
    label = _("Handovers")

    def count(self, survivor_id: int, absorbed_id: int) -> int:
        return 0

    def move(self, merge: Merge) -> list[int]:
        return []

    def undo(self, merge: Merge, kept: list[int]) -> list[str]:
        return []
