"""Rows of a closed month, written as its night would: pages read them through a view."""

from datetime import date
from typing import Any

from django.db import connection

from crm.jobs.models import Run
from customers.models import Customer
from segmentation.models import Behaviour, ClosedMonth
from tests.factories.jobs import RunFactory


def close_month(month: date) -> ClosedMonth:
    run = Run.objects.nights().first() or RunFactory()
    return ClosedMonth.objects.get_or_create(month=month, defaults={"run": run})[0]


def tell_behaviour(customer: Customer, month: date = date(2026, 2, 1), **figures: Any) -> Behaviour:
    """Three days before the end of the month, four times in the year, unless other figures are given."""
    row = {
        "month": month, "customer_id": customer.pk, "kind": customer.kind, "currency": "CNY", "moves": 0, "payments": 0,
        "recency_days": 3, "transactions_year": 4, "turnover_year": 1200,
    } | figures  # fmt: skip
    close_month(month)
    with connection.cursor() as cursor:
        cursor.execute("SELECT segmentation_ensure_behaviour(%s)", [month])
        marks = ", ".join(["%s"] * len(row))
        cursor.execute(
            f"INSERT INTO segmentation_behaviourmonth ({', '.join(row)}) VALUES ({marks})", list(row.values())
        )
    return Behaviour.objects.get(customer=customer, month=month)
