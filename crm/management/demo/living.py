"""How customers want to be treated and what happens in their lives, as their managers noted it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from crm.identity.models import User
from crm.management.demo.bank import Bank
from crm.management.demo.people import Party
from crm.management.demo.span import Span
from customers.life_events.days import parse
from customers.models import Customer, LifeEvent, Preference

# of a hundred VIPs, of how many it is known
KNOWN = (
    ("festival", ("spring_festival", "mid_autumn"), 60),
    ("festival", ("christmas", "dragon_boat", "new_year"), 15),
    ("diet", ("vegetarian", "no_alcohol", "not_spicy", "tea", "halal"), 30),
    ("gift", ("茶叶", "书画展门票", "none"), 20),
    ("risk", ("careful", "balanced", "bold"), 40),
    ("advice", ("alone", "facts", "proposal", "family", "delegates"), 40),
    ("lunar_birthday", ("yes",), 25),
)
EVENTS = (("child", "女儿"), ("school", "儿子"), ("move", ""), ("marriage", ""), ("job", ""), ("graduation", "女儿"))
# of the named: kind, days from the last day or a date, about whom, note
LIVES = {
    "李娜": (("home", -40, "", "首付来自我行存款，按揭在他行。"),),
    "刘洋": (("retirement", "2027", "", "计划移交公司给儿子。"), ("marriage", 55, "长子", "婚礼在三亚。")),
    "吴军": (("school", "2024-09", "女儿", "在波士顿读书，每季度购汇。"), ("graduation", 80, "女儿", "")),
    "徐静": (("job", -70, "", "新单位不由我行代发。"),),
    "欧阳明": (("child", -25, "孙女", ""),),
}
ADDRESSED = {"刘洋": "刘董", "欧阳明": "欧阳老师", "陈敏": "陈姐", "吴军": "吴总"}


def note_lives(*, parties: list[Party], bank: Bank, span: Span, seed: int) -> int:
    """All in one statement a table, and what the record itself holds with it."""
    ids = dict(Customer.objects.values_list("number", "pk"))
    known = [party for party in parties if party.kind == "person" and party.has_manager]
    drawn = [(party, ids[party.number], Random(f"{seed}/{party.number}/living")) for party in known]
    preferences = [row for party, pk, rng in drawn for row in _preferences(party, pk, rng, bank, span)]
    events = [row for party, pk, rng in drawn for row in _events(party, pk, rng, bank, span)]
    reached = [pk for _party, pk, rng in drawn if rng.random() < 0.3]
    Customer.objects.filter(pk__in=reached).update(preferred_time="evening", preferred_channel="messenger")
    preferences += [
        _row(pk, kind, value, _moment(span.last, 40), None)
        for pk in reached
        for kind, value in (("time", "evening"), ("channel", "messenger"))
    ]
    Preference.objects.bulk_create(preferences, batch_size=2_000)
    LifeEvent.objects.bulk_create(events, batch_size=2_000)
    return len(preferences) + len(events)


def _preferences(party: Party, pk: int, rng: Random, bank: Bank, span: Span) -> Iterator[Preference]:
    by = bank.manager_of(party.branch)
    at = _moment(span.last, rng.randint(20, 400))
    title = ADDRESSED.get(party.name) or f"{party.name[0]}{'女士' if party.sex == 'female' else '先生'}"
    yield _row(pk, "form_of_address", title, at, by)
    for kind, values, share in KNOWN:
        if rng.randint(1, 100) <= share:
            yield _row(pk, kind, rng.choice(values), at + timedelta(minutes=rng.randint(1, 20)), by)


def _row(pk: int, kind: str, value: str, at: datetime, by: User | None) -> Preference:
    return Preference(
        customer_id=pk, kind=kind, value=value, source="said", learnt_on=timezone.localdate(at), recorded_at=at, by=by
    )


def _events(party: Party, pk: int, rng: Random, bank: Bank, span: Span) -> Iterator[LifeEvent]:
    told: tuple = LIVES.get(party.name, ()) if party.named else ()
    if not party.named and rng.random() < 0.12:
        told = ((*rng.choice(EVENTS), rng.randint(-300, 80)),)
        told = tuple((kind, days, about, "") for kind, about, days in told)
    for kind, when, about, note in told:
        text = when if isinstance(when, str) else str(span.last + timedelta(days=when))
        day = parse(text, today=span.last)
        noted = _moment(min(day.on, span.last), rng.randint(1, 10))
        yield LifeEvent(
            customer_id=pk, kind=kind, on=day.on, through=day.through, precision=day.precision, about=about, note=note,
            source="said", by=bank.manager_of(party.branch), recorded_at=noted,
        )  # fmt: skip


def _moment(day: date, days_before: int) -> datetime:
    return datetime.combine(day - timedelta(days=days_before), time(15, 30), timezone.get_current_timezone())
