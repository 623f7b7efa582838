from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Whoever typed it."""
        return self.filter(by=user.pk)

    def for_change(self, pk: int) -> Any:
        """The draft, locked; None where it was used up or thrown away."""
        return self.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()

    def forgotten(self, at: datetime) -> Self:
        """Those nobody has gone on with for so long that they go."""
        return self.filter(changed_at__lt=at - timedelta(days=self.model.KEPT_DAYS))
