from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q


class CoreMessageQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """As their requests."""
        requests = self.model._meta.get_field("request").related_model.objects
        return self.filter(request__in=requests.visible_to(user).order_by().values("pk"))

    def due(self, at: datetime) -> Self:
        """To be sent now, and with nobody; what somebody claimed and never said more of is with nobody after a while."""
        free = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.filter(free, state=self.model.State.WAITING, next_at__lte=at).order_by("next_at", "pk")

    def for_change(self, message: Any) -> Any:
        """As it is now, with its request: the request is locked first, as everywhere."""
        requests = self.model._meta.get_field("request").related_model.objects
        request = requests.for_change(message.request)
        found = self.select_for_update(of=("self",), no_key=True).get(pk=message.pk)
        found.request = request
        return found


class OfMessageQuerySet(models.QuerySet):
    """Rows with a `message`."""

    def visible_to(self, user: Any) -> Self:
        messages = self.model._meta.get_field("message").related_model.objects
        return self.filter(message__in=messages.visible_to(user).order_by().values("pk"))
