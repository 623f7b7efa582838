from datetime import datetime, timedelta
from typing import Self

from django.db import models


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Whoever typed it."""
        return self.filter(by=user.pk)

    def forgotten(self, at: datetime) -> Self:
        """Those nobody has gone on with for so long that they go."""
        return self.filter(changed_at__lt=at - timedelta(days=self.model.KEPT_DAYS))
