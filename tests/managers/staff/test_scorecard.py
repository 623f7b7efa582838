"""A year of a manager: each figure is the share of two sums, whose rows add up to it; closed, it is kept."""

from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from crm.base import slots
from crm.base.errors import RuleBroken
from crm.base.sql import scalar
from managers.models import Assignment, Scorecard
from managers.staff.scoring import Figure, Score, close_year, figures, reckon
from segmentation.models import FactsMonth
from tests.factories import AssignmentFactory, CustomerFactory, TaskFactory
from tests.factories.behaviour import close_month

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)
PRIMARY = Assignment.Role.PRIMARY


def held(manager, since=date(2025, 1, 1), until=None, **customer):
    found = CustomerFactory(manager=manager, branch=manager.branch, **customer)
    AssignmentFactory(customer=found, manager=manager, role=PRIMARY, since=since, until=until)
    return found


def value(manager, code, year=2026, today=TODAY):
    return next(score for score in reckon([manager.pk], year, today)[manager.pk] if score.figure.code == code)


def average(customer, day: date, amount: str, currency="CNY") -> None:
    close_month(day.replace(day=1))
    scalar("SELECT segmentation_ensure_month(%(day)s)", day=day)
    FactsMonth.objects.create(business_date=day, customer=customer, currency=currency, aum_month_average=amount)


def test_growth_is_what_the_same_customers_have_more_than_at_the_end_of_the_year_before(manager, manager2):
    stayed, came, moved = held(manager), held(manager, since=date(2026, 6, 1)), held(manager2)
    AssignmentFactory(customer=moved, manager=manager, role=PRIMARY, since=date(2024, 1, 1), until=date(2025, 1, 1))
    for customer, before, after in ((stayed, "100", "150"), (came, "300", "330"), (moved, "900", "100")):
        average(customer, date(2025, 12, 31), before)
        average(customer, date(2026, 5, 31), "7")
        average(customer, date(2026, 6, 30), after)
    abroad = held(manager)
    average(abroad, date(2026, 6, 30), "5000", currency="USD")
    found = value(manager, "growth")
    assert (found.part, found.whole, found.value) == (Decimal(80), Decimal(400), Decimal("20.0"))
    assert value(manager2, "growth").part == -800


def test_retention_counts_who_was_there_on_the_first_day_and_did_not_close(manager):
    held(manager)
    held(manager, status="closed", status_since=date(2026, 3, 1))
    held(manager, status="closed", status_since=TODAY)  # not over yet
    held(manager, status="closed", status_since=date(2025, 12, 31))
    held(manager, status="deceased", status_since=date(2026, 3, 1))
    held(manager, since=date(2026, 1, 2))
    held(manager, until=date(2026, 1, 1))
    held(manager, until=date(2026, 2, 1))
    found = value(manager, "retention")
    assert (found.part, found.whole, found.value) == (3, 4, Decimal("75.0"))


def test_compliance_counts_what_was_due_and_closed_in_time_of_who_was_primary_then(manager, manager2):
    customer = held(manager, until=date(2026, 5, 1))
    AssignmentFactory(customer=customer, manager=manager2, role=PRIMARY, since=date(2026, 5, 1))

    def task(due_on, closed=None, opened=datetime(2026, 2, 1, tzinfo=UTC), kind="kyc_due", about=None):
        closing = {"state": "done", "closed_at": closed} if closed else {}
        figures = {"level": "high", "due_on": due_on.isoformat()}
        TaskFactory(customer=customer, kind=kind, due_on=due_on, opened_at=opened, figures=figures, **closing)

    task(date(2026, 3, 1), datetime(2026, 3, 1, 15, tzinfo=UTC))  # 23:00 of the day in the bank
    task(date(2026, 3, 1), datetime(2026, 3, 1, 17, tzinfo=UTC))  # 01:00 of the day after
    task(date(2026, 3, 1), datetime(2026, 3, 9, 2, tzinfo=UTC), opened=datetime(2026, 3, 9, 1, tzinfo=UTC))
    task(date(2026, 4, 1))
    task(date(2026, 7, 1))  # today is not over
    task(date(2026, 4, 2), kind="renewal", closed=datetime(2026, 4, 1, tzinfo=UTC))
    task(date(2026, 4, 2), kind="event_follow_up")
    task(date(2026, 5, 1))
    found = value(manager, "compliance")
    assert (found.part, found.whole, found.value) == (3, 5, Decimal("60.0"))
    assert value(manager2, "compliance").whole == 1


def test_all_managers_are_reckoned_at_once(manager, manager2, django_assert_num_queries):
    held(manager), held(manager2)
    with django_assert_num_queries(5):  # the plans are read before the statement of the cadence
        found = reckon([manager.pk, manager2.pk], 2026, TODAY)
    assert [score.figure.code for score in found[manager.pk]] == list(figures())


def test_none_has_a_value_without_rows(manager):
    assert value(manager, "retention").value is None
    assert Score(Figure("x", "X"), Decimal(1), Decimal(3)).value == Decimal("33.3")
    assert Score(Figure("x", "X"), Decimal("0.0025"), Decimal(1)).value == Decimal("0.3")


def test_a_figure_of_an_upper_app_takes_its_place_once_it_is_contributed(manager, head, signed_in, monkeypatch):
    customer = held(manager, name="李娜")

    def rows(managers, since, until):
        return [{"manager_id": manager.pk, "customer_id": customer.pk, "part": 3, "whole": 4}]

    browser, address = signed_in(head), f"/managers/{manager.pk}/scorecard/"
    assert "Satisfaction" not in browser.get(address).text
    assert "Satisfaction" not in browser.get("/managers/scorecards/").text
    monkeypatch.setattr(slots, "_slots", deepcopy(slots._slots))
    slots.contribute("scorecard.figures", Figure("satisfaction", "Satisfaction", "Content, of all who answered.", rows))
    assert list(figures()) == ["growth", "retention", "cadence", "satisfaction", "compliance"]
    page = browser.get(address).text
    assert "Satisfaction" in page and "75.0 %" in page
    rows = browser.get(f"{address}satisfaction/").text
    assert "李娜" in rows and "Content, of all who answered." in rows
    card = close_year(manager=manager, year=2025, by=head, at=datetime(2026, 7, 1, 2, tzinfo=UTC))
    assert card.figures["satisfaction"] == {"part": "3", "whole": "4", "value": "75.0"}
    assert "Satisfaction" in browser.get("/managers/scorecards/").text


def test_a_year_is_closed_once_when_it_is_over_and_kept(manager, head):
    gone = held(manager, since=date(2024, 1, 1))
    at = datetime(2026, 7, 1, 2, tzinfo=UTC)
    for year in (2026, 2027, 1999):
        with pytest.raises(RuleBroken) as refused:
            close_year(manager=manager, year=year, by=head, at=at)
        assert refused.value.field == "year"
    card = close_year(manager=manager, year=2025, by=head, at=at)
    assert card.figures["retention"] == {"part": "1", "whole": "1", "value": "100.0"}
    assert card.figures["cadence"] == {"part": "0", "whole": "0", "value": None}
    gone.status, gone.status_since = "closed", date(2025, 6, 1)
    gone.save()
    with pytest.raises(RuleBroken, match="already"):
        close_year(manager=manager, year=2025, by=head, at=at)
    with pytest.raises(RuleBroken):
        close_year(manager=manager, year=2024, by=manager, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Scorecard.objects.update(year=2024)


def test_rows_add_up_to_the_tile_and_tell_no_name_out_of_reach(manager, manager2, head, signed_in, queries):
    this = timezone.localdate().year
    held(manager, name="李娜")
    held(manager, name="王芳", status="closed", status_since=date(this, 1, 1))
    lost = held(manager, name="赵云")
    lost.manager, lost.branch = manager2, manager2.branch
    lost.save()
    browser = signed_in(manager)
    browser.get(f"/managers/{manager.pk}/scorecard/")
    with queries("manager_scorecard"):
        page = browser.get(f"/managers/{manager.pk}/scorecard/").text
    assert "66.7 %" in page and f'href="/managers/{manager.pk}/scorecard/retention/?year={this}"' in page
    with queries("scorecard_figure"):
        rows = browser.get(f"/managers/{manager.pk}/scorecard/retention/").text
    assert "李娜" in rows and "王芳" in rows and "赵云" not in rows
    assert "1 customer out of your reach since" in rows and "66.7 %" in rows
    assert "who have not closed, of all who were there then" in rows
    assert "Before" in browser.get(f"/managers/{manager.pk}/scorecard/growth/").text
    for wrong in ("3000", "x", "02026", "-1"):
        assert browser.get(f"/managers/{manager.pk}/scorecard/", {"year": wrong}).status_code == 404
    assert browser.get(f"/managers/{manager.pk}/scorecard/nothing/").status_code == 404


def test_a_head_closes_the_year_on_its_page_and_over_rest(manager, head, signed_in, api):
    last = timezone.localdate().year - 1
    held(manager, since=date(last, 1, 1))
    browser, address = signed_in(head), f"/managers/{manager.pk}/scorecard/"
    assert "Close the year" not in browser.get(address).text
    assert "Close the year" in browser.get(address, {"year": last}).text
    assert browser.post(f"{address}close/?year={last}").status_code == 302
    page = browser.get(address, {"year": last}).text
    assert "closed by" in page and "100.0 %" in page and "Close the year" not in page
    assert "100.0 %" in browser.get("/managers/scorecards/").text
    again = api(head).post("/api/v1/scorecards/", {"manager": "manager", "year": last}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "closed")
    listed = api(head).get("/api/v1/scorecards/", {"manager": "manager"}).json()["results"]
    assert listed[0]["figures"]["retention"]["value"] == "100.0"
