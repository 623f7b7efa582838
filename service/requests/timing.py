"""On which day the bank's core executes what is authorised at a moment."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from service.clocks.calendars import is_working_day
from service.requests.definition import Form

DAY = timedelta(days=1)


def executed_on(form: Form, at: datetime) -> date:
    """The bank's own day, unless it is past the form's cut-off; then the next on which its country works."""
    local = at.astimezone(ZoneInfo(settings.CRM_TIME_ZONE))
    day = local.date()
    if form.cut_off and local.time() >= time.fromisoformat(form.cut_off) and _works(form, day):
        day += DAY
    while not _works(form, day):
        day += DAY
    return day


def _works(form: Form, day: date) -> bool:
    return not form.country or is_working_day(form.country, day)
