"""What a head leads by, in both languages: books side by side, one book, its year, a team, moves, and the dealing of a book."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page

from crm.identity.models import User
from segmentation.value.reckoning import make_room
from tests.factories import (
    AbsenceFactory,
    AssignmentFactory,
    ContactPlanFactory,
    CustomerFactory,
    DueContactFactory,
    ManagedCustomerFactory,
    MoveSuggestionFactory,
    OpportunityFactory,
    TeamFactory,
    TierFactory,
    TierPeriodFactory,
    UserFactory,
    ValueYearFactory,
)
from tests.factories.behaviour import close_month
from tests.segmentation.changes.bank import known, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("李娜", "王芳", "赵云", "陈静", "刘洋", "杨帆", "黄磊", "周涛")
MANAGERS = (("qin", "秦琼", 8), ("yuchi", "尉迟恭", 3), ("cheng", "程咬金", 1))
BEGUN, MONTH = date(2025, 12, 1), date(2026, 2, 1)


@pytest.fixture
def people(east, west) -> list[User]:
    """One who is full and gives, one who has room, and one who is away; they and others are a team."""
    named = enumerate((("gold", "金卡"), ("diamond", "钻石"), ("private", "私人银行")), start=3)
    tiers = [TierFactory(code=code, name=name, rank=rank) for rank, (code, name) in named]
    ContactPlanFactory(lines=[{"tier": tier.code, "every": 120 - 30 * place} for place, tier in enumerate(tiers)])
    published(date(2026, 3, 10)), make_room(str(MONTH)), close_month(MONTH)
    found = []
    for username, name, size in MANAGERS:
        manager = UserFactory(manager=True, username=username, name=name, branch=east)
        held = [in_book(manager, NAMES[number], number, tiers[number % 3]) for number in range(size)]
        found.append((manager, held))
    (full, customers), (empty, _held), (away, _few) = found
    for customer in customers[:3]:
        MoveSuggestionFactory(customer=customer, giver=full, taker=empty)
    today = timezone.localdate()
    AbsenceFactory(manager=away, since=today, until=today + timedelta(days=7), cover=empty)
    gone = UserFactory(manager=True, branch=east, name="单雄信", is_active=False)
    far = UserFactory(manager=True, branch=west, name="罗成")
    TeamFactory(pk=7, code="wealth", name="私行团队", branch=east).members.set([full, empty, gone, far])
    return [full, empty, away]


def in_book(manager: User, name: str, number: int, tier):
    customer = CustomerFactory(name=name, manager=manager, branch=manager.branch)
    AssignmentFactory(customer=customer, manager=manager, role="primary", since=BEGUN)
    TierPeriodFactory(customer=customer, tier=tier, since=BEGUN)
    ManagedCustomerFactory(customer=customer, weight=2 ** (number % 3 + 1))
    known(customer, f"{number + 1}234567.89")
    ValueYearFactory(customer=customer, month=MONTH)
    due_on = timezone.localdate() + timedelta(days=20 - 5 * number)
    DueContactFactory(customer=customer, tier=tier, due_on=due_on)
    currency = "USD" if number == 2 else "CNY"
    OpportunityFactory(customer=customer, owner=manager, amount=f"{number + 1}00000", currency=currency)
    return customer


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_a_head_leads_by(
    page: Page, people, head: User, browse_as: Callable[[User], None], good: Callable[[str], None], language: str,
    live_server: Any, policy_kept: list[str],
) -> None:  # fmt: skip
    full, empty, _away = people
    browse_as(head)
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
    addresses = {
        "books": "/managers/",
        "book": f"/managers/{full.pk}/book/",
        "manager": f"/managers/{full.pk}/",
        "cadence": f"/cadence/?manager={full.username}&state=overdue",
        "report": "/cadence/report/",
        "scorecard": f"/managers/{full.pk}/scorecard/",
        "scorecard-rows": f"/managers/{full.pk}/scorecard/cadence/",
        "scorecards": "/managers/scorecards/",
        "teams": "/teams/",
        "team": "/teams/7/",
        "moves": "/move-suggestions/?state=open",
        "approve": "/move-suggestions/approve/",
        "dealt": f"/managers/{full.pk}/handover/?receivers={empty.pk}",
        "handovers": "/handovers/",
    }
    for name, address in addresses.items():
        page.goto(address)
        good(f"{name}-{language}")
    assert policy_kept == []
