from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class RunQuerySet(models.QuerySet):
    def nights(self) -> Self:
        return self.filter(kind=self.model.Kind.NIGHT)

    def standing(self) -> Self:
        """All but those that a person refused."""
        return self.exclude(status=self.model.Status.REFUSED)

    def unfinished(self) -> Self:
        return self.filter(status__in=(self.model.Status.QUEUED, self.model.Status.RUNNING))

    def published(self) -> Self:
        return self.filter(status__in=self.model.ENDED)


class PartitionQuerySet(models.QuerySet):
    def claimable(self, *, at: datetime) -> Self:
        """Open ones, and claimed ones whose worker let the lease run out."""
        status = self.model.Status
        return self.filter(Q(status=status.OPEN) | Q(status=status.CLAIMED, lease_until__lt=at))

    def unfinished(self) -> Self:
        return self.filter(status__in=(self.model.Status.OPEN, self.model.Status.CLAIMED))

    def locked_next(self) -> Self:
        """The first in order that nobody else is claiming at this moment."""
        return self.select_for_update(skip_locked=True, of=("self",), no_key=True).order_by("number")
