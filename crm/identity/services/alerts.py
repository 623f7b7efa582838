from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from crm.identity.models import Notification, User


@transaction.atomic
def notify(*, users: Iterable[User], text: str, url: str = "", at: datetime | None = None) -> None:
    """Put an alert into each one's list. Not audited: it tells of an act that is."""
    at = at or timezone.now()
    Notification.objects.bulk_create(Notification(user=user, at=at, text=text[:300], url=url) for user in users)
