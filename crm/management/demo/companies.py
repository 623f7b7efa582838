"""Companies with a story: two years of figures, a group under a parent abroad, owners, guarantors, a visit, news, what ends soon."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from crm.management.demo.bank import BY, Bank
from crm.management.demo.span import Span
from customers.companies.figures import tell_figures
from customers.companies.groups import found_group, join_group, limit_group
from customers.companies.parties import outside_party
from customers.companies.services import log_visit, note
from customers.models import (
    CompanyNews,
    CompanyRelation,
    ContactPerson,
    CreditLimit,
    Customer,
    Guarantee,
    OutsideParty,
    Renewal,
)
from customers.periods import Period
from customers.services import assign_manager

MEMBERS = 3
WITH_FIGURES = 12
NEWS = (
    ("good", "上海证券报", "中标临港新片区二期设备采购项目，合同额约八千万元。"),
    ("bad", "法院公告", "一家主要买方申请重整，涉及应收账款约六百万元。"),
    ("neutral", "企业公告", "董事会换届，总经理连任。"),
)


def tell_of_companies(*, bank: Bank, span: Span, seed: int, at: datetime) -> int:
    """How many companies have a story. Those of the group come first into the manager's book."""
    firms = list(Customer.objects.filter(kind=Customer.Kind.COMPANY).select_related("manager").order_by("number"))
    people = list(Customer.objects.filter(kind=Customer.Kind.PERSON, status="active").order_by("number")[:200])
    firms = firms[:WITH_FIGURES]
    for place, firm in enumerate(firms):
        _figures(firm, span, Random(f"{seed}/{firm.number}/figures"), at, falls=place % 4 == 0)
    if len(firms) > 1 and len(people) > 2 * MEMBERS:
        for firm in firms[:MEMBERS]:
            assign_manager(customer=firm, manager=bank.staff["manager"], by=BY, at=at)
        _group(firms[:MEMBERS], people, span, at)
        _notes(firms[0], bank, span, at)
    return len(firms)


def _figures(firm: Customer, span: Span, rng: Random, at: datetime, *, falls: bool) -> None:
    """Two whole years and the quarters of the last one; every fourth company sold much less."""
    scale, last_year = Decimal(rng.randint(20, 400)) * 100_000, span.last.year - 1
    for year in (last_year - 1, last_year):
        growth = Decimal(1) if year < last_year else Decimal("0.7") if falls else Decimal(rng.randint(96, 118)) / 100
        _tell(firm, Period(date(year, 1, 1), 12), _of(scale * growth, falls and year == last_year, rng), at)
    for quarter in range(4):
        period = Period(date(last_year, quarter * 3 + 1, 1), 3)
        _tell(firm, period, {"revenue": scale / 4 * Decimal(rng.randint(90, 112)) / 100}, at)


def _of(revenue: Decimal, is_weak: bool, rng: Random) -> dict[str, Decimal]:
    def part(least: int, most: int) -> Decimal:
        return revenue * Decimal(rng.randint(least, most)) / 100

    return {
        "total_assets": part(110, 130),
        "cash": part(8, 15),
        "receivables": part(20, 24),
        "inventory": part(12, 15),
        "total_liabilities": part(60, 66),
        "equity": part(48, 55),
        "revenue": revenue,
        "net_profit": part(-4, -2) if is_weak else part(5, 8),
        "operating_cash_flow": part(6, 9),
        "orders": part(80, 96),
        "staff": part(1, 1) / 10_000 + 20,
        "power": part(2, 3),
    }


def _tell(firm: Customer, period: Period, values: dict[str, Decimal], at: datetime) -> None:
    whole = {code: value.quantize(Decimal(1)) for code, value in values.items()}
    tell_figures(customer=firm, period=period, values=whole, currency="CNY", by=BY, at=at)


def _group(firms: list[Customer], people: list[Customer], span: Span, at: datetime) -> None:
    said: dict[str, Any] = {"by": BY, "at": at}
    since, day = span.first, at.date()
    top, *others = firms
    group = found_group(name=f"{top.name[2:4]}集团", customer=top, since=since, by=BY, as_of=day, number="G0001")
    for firm in others:
        join_group(group=group, customer=firm, since=since, by=BY, as_of=day)
        relation(firm, "owner", top, since, said, share=Decimal("0.6"))
    limit_group(group=group, amount=Decimal(80_000_000), currency="CNY", since=since, **said)
    abroad = outside_party(name="Nordwind Maschinenbau AG", country="DE", registration_number="HRB 40261", **said)
    relation(top, "parent", abroad, since, said)
    relation(top, "owner", abroad, since, said, share=Decimal("0.55"))
    for firm, place in zip(firms, range(len(firms)), strict=True):
        owner, clerk = people[place * 2], people[place * 2 + 1]
        relation(firm, "owner", owner, since, said, share=Decimal("0.3"))
        relation(firm, "legal_representative", owner, since, said)
        relation(firm, "employee", clerk, since, said)
        until = span.last + timedelta(days=40 + 200 * place)
        note(CreditLimit, customer=firm, kind="working_capital", amount=Decimal(20_000_000), currency="CNY",
             since=since, until=until, reference=f"授信2026-{place + 1:03}", **said)  # fmt: skip
        note(Guarantee, customer=firm, party=owner, kind="surety", amount=Decimal(5_000_000), currency="CNY",
             since=since, **said)  # fmt: skip
    note(Guarantee, customer=others[0], party=top, kind="mortgage", amount=Decimal(10_000_000), currency="CNY",
         what="嘉定区工业厂房", since=since, **said)  # fmt: skip


def relation(
    firm: Customer, kind: str, end: Customer | OutsideParty, since: date, said: dict[str, Any], **more: Any
) -> None:
    ends = {"party": end} if isinstance(end, Customer) else {"outsider": end}
    note(CompanyRelation, customer=firm, kind=kind, since=since, **ends, **more, **said)


def _notes(firm: Customer, bank: Bank, span: Span, at: datetime) -> None:
    said: dict[str, Any] = {"by": bank.staff["manager"], "at": at}
    note(ContactPerson, customer=firm, name="王会计", function="财务总监", phone="13900001234",
         email="finance@example.com", is_main=True, since=span.first, **said)  # fmt: skip
    for place, (impact, source, text) in enumerate(NEWS):
        on = span.last - timedelta(days=9 + 30 * place)
        note(CompanyNews, customer=firm, on=on, source=source, text=text, impact=impact, **said)
    for kind, what, days in (("licence", "营业执照", 35), ("insurance", "厂房财产险", -4)):
        due_on = span.last + timedelta(days=days)
        note(Renewal, customer=firm, kind=kind, what=what, due_on=due_on, **said)
    log_visit(
        customer=firm,
        at=at.replace(hour=10) - timedelta(days=12),
        as_of=at,
        by=bank.staff["manager"],
        remark="贷后走访",
        met="王会计、生产部李经理",
        premises="三条产线开两条，设备成新率约七成。",
        stock="原料库存约二十天用量，产成品略有积压。",
        findings="订单饱满，但主要买方回款放慢，建议下季度复查应收账款。",
    )
