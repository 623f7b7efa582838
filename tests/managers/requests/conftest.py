from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from crm.approvals.services import approve, propose
from customers.models import Product
from managers.models import ResourceTerms
from managers.models.resource_terms import KIND

FLOORS = [
    {"kind": "deposit_rate", "of": "large_cd", "price": "0.0195"},
    {"kind": "loan_rate", "of": "loan", "price": "0.03"},
]
LIMITS = [
    {"role": "manager", "level": "", "kind": "deposit_rate", "up_to": "1000"},
    {"role": "head", "level": "branch", "kind": "deposit_rate", "up_to": "5000"},
    {"role": "head", "level": "", "kind": "limit", "up_to": "800000"},
]


def rated(code: str, **said: Any) -> Product:
    return Product.objects.update_or_create(code=code, defaults=said)[0]


@pytest.fixture
def large_cd(db) -> Product:
    rates = {"customer_rate": Decimal("0.0155"), "transfer_rate": Decimal("0.0215")}
    return rated("large_cd", name="Large certificate", family="deposit", **rates)


@pytest.fixture
def loan(db) -> Product:
    rates = {"customer_rate": Decimal("0.0435"), "transfer_rate": Decimal("0.0220")}
    return rated("loan", name="Loan", family="loan", **rates)


@pytest.fixture
def terms(admin, approver, large_cd, loan) -> Callable[..., ResourceTerms]:
    def say(**content: Any) -> ResourceTerms:
        proposal = propose(
            kind=KIND, content={"floors": FLOORS, "limits": LIMITS} | content, title="Terms", reason="New", by=admin,
            at=timezone.now() - timedelta(minutes=1),
        )  # fmt: skip
        return approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)

    return say
