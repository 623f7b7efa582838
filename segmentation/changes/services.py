"""After a night: every published business date is looked at once, in order, by all rules that held on it.

Whoever comes first does it; who comes again, or runs a night again, notices nothing twice.
"""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Min
from django.urls import reverse
from django.utils.translation import ngettext

from crm.audit import services as audit
from crm.base.days import midnight
from crm.base.slots import contributions
from crm.base.sql import rows_of
from crm.identity.models import User
from crm.identity.services import notify
from crm.jobs.models import Run
from segmentation.changes.definition import Makes, readable
from segmentation.changes.detection import SQL, Found, Look, notice
from segmentation.models import ChangeDay, ChangeRule, Published

# upper apps follow what was noticed, in its transaction: callables of `as_of`
SLOT = "changes.noticed"
# a file that began before the last look may have ended after it; what is seen twice is kept once
OVERLAP = timedelta(hours=1)


def notice_due(*, at: datetime) -> list[ChangeDay]:
    """The published business dates that no rule has looked at yet, from the first day of the first rule on."""
    found = []
    while (day := _next_day()) is not None:
        looked = notice_day(day=day, at=at)
        if looked is None:
            break
        found.append(looked)
    return found


@transaction.atomic
def notice_day(*, day: date, at: datetime) -> ChangeDay | None:
    """None where the day was looked at already, or is not published."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('changes'))")
    published = Published.objects.first()
    if published is None or day > published.business_date or ChangeDay.objects.filter(business_date=day).exists():
        return None
    look = Look(day=day, at=at, since=_since(day))
    found = {rule: notice(look, rule) for rule in ChangeRule.objects.in_force(day).order_by("code")}
    looked = ChangeDay.objects.create(
        business_date=day,
        looked_at=at,
        noticed=sum(each.noticed for each in found.values()),
        unknown=sum(each.unknown for each in found.values()),
    )
    if looked.noticed:
        audit.record("changes.noticed", looked, by="night", noticed=_counts(found))
        for rule, each in found.items():
            if each.noticed:
                _alert(rule, look)
        for follow in contributions(SLOT):
            follow(as_of=at)
    return looked


def _counts(found: dict[ChangeRule, Found]) -> dict[str, int]:
    return {rule.code: each.noticed for rule, each in found.items() if each.noticed}


def _next_day() -> date | None:
    """Days are looked at in order, up to the published one."""
    published = Published.objects.first()
    first = ChangeRule.objects.aggregate(first=Min("effective_from"))["first"]
    if published is None or first is None:
        return None
    last = ChangeDay.objects.order_by("-business_date").values_list("business_date", flat=True).first()
    day = max(first, last + timedelta(days=1)) if last else max(first, _first_night())
    return day if day <= published.business_date else None


def _first_night() -> date:
    """A rule of a new bank holds from 1900 on; its first night is the first day there is anything to look at."""
    nights = Run.objects.nights().published().filter(business_date__isnull=False)
    return nights.aggregate(first=Min("business_date"))["first"] or Published.objects.get().business_date


def _since(day: date) -> datetime:
    last = ChangeDay.objects.order_by("-looked_at").values_list("looked_at", flat=True).first()
    if last is not None:
        return last - OVERLAP
    return midnight(day)


def _alert(rule: ChangeRule, look: Look) -> None:
    """Whoever looks after the customers hears how many there are; the list names them."""
    asked = readable(rule.content)
    if asked is None or asked.makes != Makes.ALERT:
        return
    told = {row["manager"]: row["changes"] for row in rows_of(SQL / "told.sql", rule=rule.pk, day=look.day, at=look.at)}
    url = f"{reverse('changes')}?code={rule.code}&day_after={look.day}&day_before={look.day}"
    for user in User.objects.filter(pk__in=told):
        count = told[user.pk]
        text = ngettext("%(rule)s: %(count)s customer", "%(rule)s: %(count)s customers", count)
        notify(users=[user], text=text % {"rule": asked.name, "count": count}, url=url, at=look.at)
