"""Full years and months between two days, in Python and in SQL: `{0}` is the earlier day, `%(day)s` the later."""

from datetime import date

YEARS = "((to_char(%(day)s::date, 'YYYYMMDD')::integer - to_char({0}, 'YYYYMMDD')::integer) / 10000)"
MONTHS = (
    "((extract(year FROM %(day)s::date) - extract(year FROM {0})) * 12 + extract(month FROM %(day)s::date)"
    " - extract(month FROM {0})"
    " - (extract(day FROM %(day)s::date) < extract(day FROM {0}))::integer)::integer"
)


def full_years(start: date, day: date) -> int:
    return int((int(f"{day:%Y%m%d}") - int(f"{start:%Y%m%d}")) / 10_000)


def full_months(start: date, day: date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)
