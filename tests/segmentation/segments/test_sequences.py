"""Whatever the segments, the figures and the nights: who is in what is what the rules say of each customer on paper."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.jobs.models import Partition, Run
from customers.models import Customer
from segmentation.models import PrimarySegment, Segment, SegmentDay, SegmentMembership, StandingSegments
from segmentation.night.context import Night
from segmentation.rules import evaluate
from segmentation.segments import memberships
from segmentation.segments.classification import BITS, classify
from segmentation.segments.definition import Definition
from segmentation.segments.references import resolved, rules_of
from segmentation.segments.versions import versions_on
from tests.factories import CustomerFactory
from tests.segmentation.segments.bank import segment, use

pytestmark = pytest.mark.django_db
CODES, PEOPLE, FIRST = ("a", "b", "c", "d"), 3, date(2026, 3, 1)
LEAVES = st.one_of(
    st.builds(lambda n: {"field": "balance", "op": ">=", "value": str(n)}, st.integers(0, 3)),
    st.just({"field": "region", "op": "=", "value": "North"}),
    st.just({"field": "annual_income", "op": ">", "value": "1", "unknown": "error"}),
    st.just({"field": "occupation", "op": "!=", "value": "chef", "unknown": "true"}),
    # only those that stand before it, so that no circle can arise
    st.builds(lambda op: {"field": "segment", "op": op, "value": "a"}, st.sampled_from(["=", "!="])),
)
RULES = LEAVES | st.lists(LEAVES, min_size=1, max_size=2).flatmap(
    lambda parts: st.sampled_from([{"all": parts}, {"any": parts}, {"not": parts[0]}])
)
SEGMENTS = st.fixed_dictionaries({
    code: st.fixed_dictionaries({
        "when": RULES if code != "a" else st.just({"field": "balance", "op": ">=", "value": "2"}),
        "priority": st.integers(1, 3), "retired": st.just(False) if code == "a" else st.booleans(),
    })
    for code in CODES
})  # fmt: skip
PERSON = st.fixed_dictionaries({
    "balance": st.none() | st.integers(0, 3), "region": st.sampled_from(["", "North"]),
    "annual_income": st.none() | st.sampled_from(["1", "2"]), "occupation": st.sampled_from(["", "chef", "cook"]),
    "status": st.sampled_from(["active", "prospect", "closed"]),
})  # fmt: skip
NIGHTS = st.lists(
    st.tuples(st.none() | SEGMENTS, st.lists(PERSON, min_size=PEOPLE, max_size=PEOPLE), st.booleans()),
    min_size=2, max_size=3,
)  # fmt: skip
FACTS = """INSERT INTO segmentation_facts (slot, customer_id, currency, balance) VALUES (0, %s, 'CNY', %s)
           ON CONFLICT (slot, customer_id) DO UPDATE SET balance = excluded.balance"""

# a night that reads everybody
FIGURES = """DROP TABLE IF EXISTS night_figures; CREATE TEMP TABLE night_figures AS
             SELECT customer_id, false AS is_same FROM segmentation_facts WHERE slot = 0"""


class Paper:
    """The same by hand: one customer after another."""

    def __init__(self) -> None:
        self.inside: dict[int, set[str]] = {}
        self.definitions: dict[str, Definition] = {}

    def night(self, people: dict[int, dict], day: date, *, closed: bool) -> None:
        rules = rules_of(self.definitions)
        for pk, values in people.items():
            before = self.inside.get(pk, set())
            now = set()
            for code, rule in rules.items():
                said = evaluate(resolved(rule, rules), values, day)
                if said or (said is None and code in before):
                    now.add(code)
            if values["status"] == "closed":
                now = set()
            elif values["balance"] is None:
                now = before
            elif not closed:
                now |= before
            self.inside[pk] = now

    @property
    def primary(self) -> dict[int, str]:
        found = {pk: sorted(codes, key=lambda code: self.definitions[code].place) for pk, codes in self.inside.items()}
        return {pk: codes[0] for pk, codes in found.items() if codes}


def written() -> tuple[dict[int, set[str]], dict[int, str]]:
    inside: dict[int, set[str]] = {}
    for pk, code in SegmentMembership.objects.open().values_list("customer", "segment__code"):
        inside.setdefault(pk, set()).add(code)
    return inside, dict(PrimarySegment.objects.open().values_list("customer", "segment__code"))


def bits() -> dict[int, set[str]]:
    """What the next night takes for the memberships."""
    codes = list(Segment.objects.order_by("pk").values_list("code", flat=True))
    return {
        row.customer_id: {code for number, code in enumerate(codes) if row.words[number // BITS] >> number % BITS & 1}
        for row in StandingSegments.objects.all()
        if any(row.words)
    }


def counted(day: date) -> dict[str, tuple[int, int]]:
    rows = SegmentDay.objects.filter(business_date=day)
    return {row.segment.code: (row.members, row.primary_members) for row in rows.select_related("segment")}


def held() -> dict[str, tuple[int, int]]:
    """Members and primary members of each segment, one by one."""
    inside, primary = written()
    return {
        code: (sum(code in codes for codes in inside.values()), sum(own == code for own in primary.values()))
        for code in Segment.objects.values_list("code", flat=True)
    }


def a_night(people: list[int], day: date, *, closed: bool, before: tuple[int, ...]) -> tuple[int, ...]:
    run = Run.objects.create(kind=Run.Kind.NIGHT, business_date=day)
    versions = tuple(sorted(version.pk for version in versions_on(day).values()))
    night = Night(
        run=run, day=day, slot=0, closed=closed, is_past=False, newest_policy=0, newest_override=0, overrides_at="1900-01-01",
        late=frozenset(), stale=frozenset(), ladders=(), segments=versions, is_reranked=versions != before,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(FIGURES)
    classify(night, Partition(low=min(people), high=max(people) + 1))
    memberships.write(night)
    return versions


@given(nights=NIGHTS)
def test_every_sequence_of_nights_goes_as_on_paper(nights):
    with transaction.atomic():
        _go(nights)
        transaction.set_rollback(True)


def _go(nights: list) -> None:
    pks, paper, before = [CustomerFactory().pk for _n in range(PEOPLE)], Paper(), ()
    for number, (segments, people, closed) in enumerate(nights):
        day = FIRST + timedelta(days=number)
        if segments or not number:
            told = segments or {code: {"when": {"field": "balance", "op": ">=", "value": "1"}} for code in CODES}
            contents = [segment(code, **said) for code, said in told.items()]
            use(*contents, start=day)
            paper.definitions = {each["code"]: Definition.parse(each) for each in contents}
        for pk, values in zip(pks, people, strict=True):
            Customer.objects.filter(pk=pk).update(**{key: value for key, value in values.items() if key != "balance"})
            with connection.cursor() as cursor:
                cursor.execute(FACTS, [pk, values["balance"]])
        before = a_night(pks, day, closed=closed, before=before)
        paper.night(dict(zip(pks, people, strict=True)), day, closed=closed)

        inside, primary = written()
        assert bits() == inside
        told = counted(day)
        assert told == {code: numbers for code, numbers in held().items() if any(numbers) or code in told}
        assert inside == {pk: codes for pk, codes in paper.inside.items() if codes}
        assert primary == paper.primary
