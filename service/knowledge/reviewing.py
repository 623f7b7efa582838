"""Articles that are due for review are told to their owners: once each time, all of an owner in one sentence."""

from collections import Counter
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from crm.identity.models import User
from crm.identity.services.alerts import notify
from crm.identity.services.heads import heads_of
from service.models import Article


@transaction.atomic
def tell_due(*, at: datetime) -> int:
    """Of an owner who has left the heads of the branch are told; how many articles."""
    today = timezone.localdate(at)
    rows = Article.objects.due(today).filter(told_on=None).order_by("pk")
    found = list(rows.select_for_update(of=("self",), no_key=True).select_related("owner"))
    counts = Counter(article.owner for article in found)
    heads = heads_of({owner.branch_id for owner in counts if not owner.is_active})
    for owner, count in counts.items():
        _tell([owner] if owner.is_active else heads.get(owner.branch_id or 0, []), owner, count, at)
    Article.objects.filter(pk__in=[article.pk for article in found]).update(told_on=today)
    return len(found)


def _tell(users: list[User], owner: User, count: int, at: datetime) -> None:
    text = ngettext("%(count)s article is due for review.", "%(count)s articles are due for review.", count)
    url = f"{reverse('articles')}?{urlencode({'which': 'due', 'owner': owner.username})}"
    notify(users=users, text=text % {"count": count}, url=url, at=at)
