"""Books when two records are made one: the one that stays keeps its own people."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Merge
from managers.models import Assignment


class Beside:
    """Nothing moves. Backup and sponsor of the absorbed record end with it (keeping.py), and an undoing says that it leaves them."""

    name = "assignments"
    label = _("Backups and sponsors")

    def count(self, survivor_id: int, absorbed_id: int) -> int:
        return 0

    def move(self, merge: Merge) -> list[int]:
        return list(
            Assignment.objects.beside(merge.absorbed_id, timezone.localdate(merge.at)).values_list("pk", flat=True)
        )

    def undo(self, merge: Merge, kept: list[int]) -> list[str]:
        return [str(self.label)] if kept else []
