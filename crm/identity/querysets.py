from datetime import datetime

from django.db import models
from django.db.models import Q


class BranchQuerySet(models.QuerySet):
    def below(self, branch) -> "BranchQuerySet":
        """The branch itself and every branch under it."""
        return self.filter(path__startswith=branch.path)

    def locked(self) -> "BranchQuerySet":
        """In order of key, until the transaction ends."""
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)


class ReachQuerySet(models.QuerySet):
    def holding(self, *, at: datetime) -> "ReachQuerySet":
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)
