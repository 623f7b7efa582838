"""What customers agreed to, what flags they have, how much risk they may take; and which products are offered to them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from crm.management.demo.bank import Bank
from crm.management.demo.people import Party
from crm.management.demo.span import Span
from customers.models import Consent, Customer, Flag, RiskAssessment

WORDING = "2025-06"
# how many of a hundred agreed, by channel
AGREED = (("branch", 78), ("phone", 62), ("messenger", 55), ("app", 40), ("sms", 30))
LEVELS = {"person": (1, 2, 2, 3, 3, 3, 4, 4, 5), "company": (2, 3, 4)}
FLAGGED = ("bereavement", "open_complaint", "do_not_contact", "vulnerable", "court_freeze")
SOURCES = {
    "bereavement": "家属告知", "open_complaint": "客服中心工单", "do_not_contact": "客户本人要求",
    "vulnerable": "网点柜员", "court_freeze": "法院协助执行通知书",
}  # fmt: skip


def record_permissions(*, parties: list[Party], bank: Bank, span: Span, seed: int) -> int:
    """All in one statement a table: a service call for each of some thousand old consents is not what it is for."""
    ids = dict(Customer.objects.values_list("number", "pk"))
    known = [(party, ids[party.number], Random(f"{seed}/{party.number}/permissions")) for party in parties]
    assessed = [row for party, pk, rng in known for row in _assessments(party, pk, rng, bank, span)]
    agreed = [row for party, pk, rng in known for row in _consents(party, pk, rng, bank, span)]
    flags = [row for party, pk, rng in known for row in _flags(party, pk, rng, span)]
    RiskAssessment.objects.bulk_create(assessed, batch_size=2_000)
    Consent.objects.bulk_create(agreed, batch_size=2_000)
    Flag.objects.bulk_create(flags, batch_size=2_000)
    return len(assessed) + len(agreed) + len(flags)


def _assessments(party: Party, pk: int, rng: Random, bank: Bank, span: Span) -> Iterator[RiskAssessment]:
    """Nine of ten were ever assessed; of these one in six has let it expire."""
    if rng.random() > 0.9 and not party.named:
        return
    age = rng.randint(370, 440) if rng.random() < 0.16 and not party.named else rng.randint(10, 350)
    level = rng.choice(LEVELS.get(party.kind, (3,)))
    by = bank.manager_of(party.branch) if party.has_manager else None
    yield RiskAssessment(customer_id=pk, level=level, assessed_on=span.last - timedelta(days=age), by=by)


def _consents(party: Party, pk: int, rng: Random, bank: Bank, span: Span) -> Iterator[Consent]:
    by = bank.manager_of(party.branch) if party.has_manager else None
    for channel, share in AGREED:
        if rng.randint(1, 100) <= share:
            given = _moment(span.last - timedelta(days=rng.randint(60, 420)), rng)
            gone = given + timedelta(days=rng.randint(5, 50)) if rng.random() < 0.05 else None
            yield Consent(customer_id=pk, channel=channel, wording=WORDING, given_at=given, withdrawn_at=gone, by=by)


def _flags(party: Party, pk: int, rng: Random, span: Span) -> Iterator[Flag]:
    if rng.random() < 0.03 and not party.named:
        kind = rng.choice(FLAGGED)
        since = span.last - timedelta(days=rng.randint(3, 200))
        until = span.last - timedelta(days=1) if rng.random() < 0.3 else None
        yield Flag(customer_id=pk, kind=kind, since=since, until=until, source=SOURCES[kind])


def _moment(day: date, rng: Random) -> datetime:
    return datetime.combine(day, time(rng.randint(9, 16), rng.randint(0, 59)), timezone.get_current_timezone())
