"""Days and the moments that they begin at."""

from datetime import date, datetime, time

from django.utils import timezone


def midnight(day: date) -> datetime:
    """The first moment of the day, in the bank's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
