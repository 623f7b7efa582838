from datetime import date
from typing import Any

from django.db import models


class DatedVersionQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Any:
        """The version of a day; None before the first."""
        return self.filter(effective_from__lte=on).order_by("-effective_from", "-number").first()
