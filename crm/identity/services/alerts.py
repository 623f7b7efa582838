from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from crm.identity.models import Notification, User

# the number on the bell, at most 100
UNREAD = """
SELECT count(*)
FROM (SELECT FROM identity_notification WHERE user_id = %(user)s AND read_at IS NULL LIMIT 100) AS unread
"""


@transaction.atomic
def notify(*, users: Iterable[User], text: str, url: str = "", at: datetime | None = None) -> None:
    """Put an alert into each one's list. Not audited: it tells of an act that is."""
    notify_each(told=((user.pk, text, url) for user in users), at=at or timezone.now())


@transaction.atomic
def notify_each(*, told: Iterable[tuple[int, str, str]], at: datetime) -> None:
    """As `notify`: by id of the user a text of their own and where it leads."""
    rows = (Notification(user_id=key, at=at, text=text[:300], url=url) for key, text, url in told)
    Notification.objects.bulk_create(rows)


@transaction.atomic
def mark_read(*, user: User, at: datetime, pk: int | None = None) -> None:
    """One alert of the user's own, or all. Not audited: it changes what nobody else sees."""
    unread = Notification.objects.filter(user=user, read_at=None)
    (unread if pk is None else unread.filter(pk=pk)).update(read_at=at)
