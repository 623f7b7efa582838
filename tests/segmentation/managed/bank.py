"""Published figures of a day, and customers who stand in a tier."""

from datetime import date

from crm.base.sql import rows_of_text
from customers.models import Customer
from segmentation.managed.definition import Assigning
from segmentation.managed.picking import picked
from segmentation.models import Published
from segmentation.services.policies import apply_policy
from tests.factories import CustomerFactory, TierFactory, TierPeriodFactory
from tests.segmentation.changes.bank import known, published

DAY = date(2026, 3, 10)
GOLD = {"name": "Gold", "tiers": ["gold"]}


def tiers(*codes: str) -> dict:
    return {code: TierFactory(code=code, name=code.title()) for code in codes}


def stands(tier, balance: str = "0", **customer) -> Customer:
    """Somebody with figures, in a tier."""
    found = CustomerFactory(**customer)
    known(found, balance)
    TierPeriodFactory(customer=found, tier=tier)
    return found


def policy(*rules: dict, since: date = DAY, **more) -> dict:
    """As a published version; the weights are those of gold and private."""
    content = {
        "weights": [{"tier": "gold", "weight": 1}, {"tier": "private", "weight": 8}],
        "rules": list(rules),
    } | more
    apply_policy(content={"effective_from": str(since), "assignment_policy": content}, by="setup")
    return content


def picks(*rules: dict) -> dict[Customer, tuple[int | None, int]]:
    """By customer: the place of the rule that speaks, and the weight."""
    published(DAY)
    content = {"weights": [{"tier": "private", "weight": 8}], "rules": list(rules)}
    text, parameters = picked(Assigning.parse(content), Published.objects.get())
    rows = rows_of_text(text, **parameters)
    people = Customer.objects.in_bulk([row["customer_id"] for row in rows])
    return {people[row["customer_id"]]: (row["place"], row["weight"]) for row in rows}
