"""The forecast: each figure is the sum of the list that it leads to."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from managers.models import Opportunity
from managers.sales.forecast import forecast
from tests.factories import OpportunityFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 2)


def line(rows, month: date, currency: str = "CNY") -> tuple | None:
    found = [each for each in forecast(rows, TODAY) if (each["month"], each["currency"]) == (month, currency)]
    names = ("open_count", "open_amount", "weighted_amount", "won_count", "won_amount")
    return tuple(found[0][name] for name in names) if found else None


def test_each_line_is_rounded_once_and_a_loss_counts_nowhere(own):
    said = {"customer": own.customer, "close_on": date(2026, 6, 10)}
    for _ in range(3):
        OpportunityFactory(amount=Decimal("0.10"), probability=25, **said)
    OpportunityFactory(amount=Decimal("50"), won=True, **said)
    OpportunityFactory(amount=Decimal("70"), lost=True, **said)
    OpportunityFactory(amount=Decimal("1001"), probability=50, currency="JPY", **said)
    rows = Opportunity.objects.all()
    assert line(rows, date(2026, 6, 1)) == (3, Decimal("0.30"), Decimal("0.09"), 1, Decimal("50"))
    assert line(rows, date(2026, 6, 1), "JPY") == (1, Decimal("1001"), Decimal("501"), 0, Decimal("0"))


def test_older_months_are_told_while_something_is_open_in_them(own):
    for month, said in ((date(2025, 4, 1), {"won": True}), (date(2025, 5, 1), {"won": True}), (date(2024, 1, 1), {})):
        OpportunityFactory(customer=own.customer, close_on=month, **said)
    rows = Opportunity.objects.all()
    assert [each["month"] for each in forecast(rows, TODAY)] == [date(2024, 1, 1), date(2025, 5, 1)]


def test_each_figure_is_the_sum_of_the_list_that_it_leads_to(own, other, signed_in, manager, queries):
    first = timezone.localdate().replace(day=1)
    days = [first + timedelta(days=gap) for gap in (0, 14, 27, 31, 45, 62)]
    for number, day in enumerate(days * 2, start=1):
        said = {"customer": own.customer, "close_on": day, "amount": Decimal(number) * 7, "probability": number}
        OpportunityFactory(**said, currency="USD" if number % 3 == 0 else "CNY")
        OpportunityFactory(**said | {"probability": 100}, won=True)
    OpportunityFactory(customer=other.customer, close_on=first, amount=Decimal("1000000"))
    client = signed_in(manager)
    for asked in ({}, {"close_on_after": str(days[1]), "close_on_before": str(days[4])}, {"source": "manager"}):
        with queries("pipeline_forecast"):
            lines = client.get("/pipeline/forecast/", asked).context["lines"]
        assert lines and sum(each["open_amount"] for each in lines) < 1_000_000
        for each in lines:
            for url, names in (("open_url", ("open_amount", "weighted_amount")), ("won_url", ("won_amount",))):
                sums = {row["currency"]: row for row in client.get(each[url]).context["sums"]}
                told = sums.get(each["currency"], dict.fromkeys(names, Decimal()))
                assert len(sums) <= 1 and [told[name] for name in names] == [each[name] for name in names], each


def test_rest_tells_the_same(own, api, manager):
    OpportunityFactory(customer=own.customer, amount=Decimal("1000"), close_on=date(2099, 6, 10))
    found = api(manager).get("/api/v1/opportunities/forecast/", {"currency": "CNY"}).json()["results"]
    assert found == [
        {"month": "2099-06-01", "currency": "CNY", "open_count": 1, "open_amount": "1000.00",
         "weighted_amount": "100.00", "won_count": 0, "won_amount": "0.00"}
    ]  # fmt: skip


def test_an_empty_forecast_says_so(own, signed_in, manager):
    assert "Nothing is expected" in signed_in(manager).get("/pipeline/forecast/").content.decode()
