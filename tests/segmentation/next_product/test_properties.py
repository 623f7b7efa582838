"""Whatever people hold, may risk and have said: what is suggested is what a plain count says, and never what it must not be."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from crm.jobs.models import Partition, Run
from customers.models import Account, AccountHolder, Customer, Product, RiskAssessment
from segmentation.models import Affinity, PeerGroup, ProductAnswer, Suggestion
from segmentation.next_product.reckoning import LEAST_SHARE, find, stage
from segmentation.night.context import Night
from tests.factories import ProductFactory
from tests.segmentation.next_product.bank import offer

pytestmark = pytest.mark.django_db
CODES, RISKS = ("a", "b", "c", "d", "e"), {"a": 1, "b": 2, "c": 3, "d": 4, "e": 1}
DAY, MONTH, EARLIER = date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1)
NEVER, RESTS, RESTED = "never", "rests", "rested"
COHORT = st.fixed_dictionaries({
    "count": st.sampled_from([1, 4, 5, 6, 9]), "held": st.sets(st.sampled_from(CODES), max_size=4).map(sorted),
    "level": st.none() | st.integers(1, 5), "kind": st.sampled_from(["person", "person", "company"]),
    "status": st.sampled_from(["active", "active", "active", "dormant"]),
    "said": st.dictionaries(st.sampled_from(CODES), st.sampled_from([NEVER, RESTS, RESTED]), max_size=2),
})  # fmt: skip
FACTS = "INSERT INTO segmentation_facts (slot, customer_id, currency, balance) VALUES (0, %s, 'CNY', 1)"
SAID = {
    NEVER: {"answer": "never", "rests_until": None},
    RESTS: {"answer": "later", "rests_until": date(2026, 2, 2)},
    RESTED: {"answer": "later", "rests_until": date(2026, 2, 1)},
}


@dataclass
class Person:
    customer: Customer
    cohort: dict

    def may_get(self, code: str) -> bool:
        said, level = self.cohort["said"].get(code), self.cohort["level"]
        is_suitable = level is not None and RISKS[code] <= level
        return is_suitable and code not in self.cohort["held"] and said not in (NEVER, RESTS)


@given(cohorts=st.lists(COHORT, min_size=1, max_size=6), offered=st.sets(st.sampled_from(CODES), min_size=1))
def test_the_next_products_are_those_of_a_plain_count(cohorts: list[dict], offered: set[str]) -> None:
    with transaction.atomic():
        products = {code: ProductFactory(code=code, risk=RISKS[code]) for code in CODES}
        offer(*sorted(offered))
        people = bank(cohorts, products)
        reckon()

        found: dict[int, list[str]] = {person.customer.pk: [] for person in people}
        for row in Suggestion.objects.filter(month=MONTH).select_related("product").order_by("rank"):
            found[row.customer_id].append(row.product.code)

        assert found == {each.customer.pk: on_paper(each, people, offered) for each in people}
        for person in people:
            codes = found[person.customer.pk]
            assert len(codes) <= 3 and all(person.may_get(code) and code in offered for code in codes)
        transaction.set_rollback(True)


def bank(cohorts: list[dict], products: dict[str, Product]) -> list[Person]:
    people = [
        Person(Customer(number=f"N{place}-{n}", kind=cohort["kind"], status=cohort["status"]), cohort)
        for place, cohort in enumerate(cohorts)
        for n in range(cohort["count"])
    ]
    Customer.objects.bulk_create([each.customer for each in people])
    with connection.cursor() as cursor:
        cursor.executemany(FACTS, [[each.customer.pk] for each in people])
    held = [(each, code) for each in people for code in each.cohort["held"]]
    accounts = Account.objects.bulk_create(
        Account(number=f"{each.customer.number}{code}", product=products[code], currency="CNY", opened_on=MONTH)
        for each, code in held
    )
    AccountHolder.objects.bulk_create(
        AccountHolder(account=account, customer=each.customer)
        for account, (each, _code) in zip(accounts, held, strict=True)
    )
    RiskAssessment.objects.bulk_create(
        RiskAssessment(customer=each.customer, level=each.cohort["level"], assessed_on=MONTH)
        for each in people
        if each.cohort["level"]
    )
    group = PeerGroup.objects.create(month=EARLIER, kind="person", customers=10)
    for code, product in products.items():
        affinity = Affinity.objects.create(group=group, product=product, asked=10, holding=5)
        for each in people:
            if said := each.cohort["said"].get(code):
                told = {"customer": each.customer, "product": product}
                month = EARLIER.replace(month=CODES.index(code) + 1)
                earlier = Suggestion.objects.create(month=month, rank=1, affinity=affinity, **told)
                ProductAnswer.objects.create(suggestion=earlier, at="2025-12-15T09:00:00Z", **told, **SAID[said])
    return people


def reckon() -> None:
    run = Run.objects.create(kind=Run.Kind.NIGHT, business_date=DAY)
    night = Night(
        run=run, day=DAY, slot=0, closed=True, is_past=False, newest_policy=0, newest_override=0,
        overrides_at="1900-01-01", late=frozenset(), stale=frozenset(), ladders=(), closing=MONTH,
    )  # fmt: skip
    last = Customer.objects.order_by("-pk").values_list("pk", flat=True)[0]
    middle = last - 3
    for low, high in ((0, middle), (middle, last + 1)):
        stage(night, Partition(run=run, low=low, high=high))
    find(night)


def on_paper(person: Person, people: list[Person], offered: set[str]) -> list[str]:
    if person.cohort["status"] != "active":
        return []
    kind = person.cohort["kind"]
    peers = [
        set(each.cohort["held"]) for each in people if each.cohort["kind"] == kind and each.cohort["status"] == "active"
    ]
    scores: dict[str, tuple] = {}
    for code in sorted(offered, key=CODES.index):
        for basis in (None, *person.cohort["held"]):
            asked = [held for held in peers if basis is None or basis in held]
            holding = Counter(code in held for held in asked)[True]
            if code == basis or holding < 5 or len(asked) - holding < 5 or Fraction(holding, len(asked)) < LEAST_SHARE:
                continue
            if person.may_get(code):
                scores[code] = max(scores.get(code, ()), (Fraction(holding, len(asked)), len(asked), holding))
    in_order = sorted(scores, key=lambda code: (-scores[code][0], -scores[code][2], CODES.index(code)))
    return in_order[:3]
