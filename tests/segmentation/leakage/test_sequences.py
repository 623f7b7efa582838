"""Any sequence of policies, fees, holders, waivers by hand, reversals and corrections goes as on paper, to the cent.

0 <= waived <= amount, entries sum to the charge's waived total, net + waived = gross, caps per fee, customer and month hold.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.approvals.models import Proposal
from crm.approvals.services import approve, propose
from crm.nightly.night import run_night
from customers.models import AccountHolder, Customer, FeeCharge, Feed, FeeType
from segmentation.leakage.proposals import content_of
from segmentation.leakage.services import check_waivers
from segmentation.ledger import first_wrong, totals
from segmentation.models import Tier, TierPeriod, TierScheme, WaiverEntry
from segmentation.services.policies import apply_policy
from tests.factories import AccountFactory, CustomerFactory
from tests.segmentation.leakage.paper import Charge, Paper

START = date(2026, 1, 31)
NIGHTS = [date(2026, 2, 10), date(2026, 2, 27), date(2026, 3, 5)]
FEES, TIERS = ("statement", "transfer"), ("mass", "gold")
SECOND = date(2026, 3, 1)
PERCENTS = st.sampled_from(["0.10", "0.125", "0.33", "0.50", "1.00"])
AMOUNTS = st.sampled_from(["0.01", "0.05", "1.00", "9.99", "10.00", "33.33", "250.00"])
CAPS = st.sampled_from([None, None, "2.00", "7.50", "40.00"])
DAYS = st.integers(0, (NIGHTS[-1] - START).days)


@st.composite
def lines(draw: st.DrawFn) -> list[dict]:
    found = []
    for tier in TIERS:
        for fee in FEES:
            if draw(st.integers(0, 3)):
                line = {"tier": tier, "fee": fee, "percent": draw(PERCENTS)}
                caps = {key: cap for key in ("cap_per_fee", "cap_per_month") if (cap := draw(CAPS))}
                found.append(line | caps | ({"currency": "CNY"} if caps else {}))
    return found


# what happens before a night: a charge comes in, an account goes to another payer, somebody waives or takes back, a correction
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("charge"), st.integers(0, 2), st.sampled_from(FEES), DAYS, AMOUNTS),
        st.tuples(st.just("charge"), st.integers(0, 2), st.sampled_from(FEES), DAYS, AMOUNTS),
        st.tuples(st.just("pass_on"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("by_hand"), st.integers(0, 9), st.sampled_from(["0.01", "1.00", "5.00"])),
        st.tuples(st.just("take_back"), st.integers(0, 9)),
        st.tuples(st.just("correct")),
    ),
    max_size=7,
)


class Bank:
    """The database beside its paper: each step is done in both."""

    def __init__(self, first: list[dict], second: list[dict], people: dict) -> None:
        self.people = people
        tiers = [TIERS[place % 2] for place in range(3)]
        self.paper = Paper(tiers, [(date(2026, 1, 1), _rows(first)), (SECOND, _rows(second))])
        self.payers = [
            CustomerFactory(number=f"C{n}", manager=people["manager"], branch=people["manager"].branch)
            for n in range(3)
        ]
        self.accounts = [
            AccountFactory(number=f"A{n}", holder=payer, opened_on=date(2025, 1, 1))
            for n, payer in enumerate(self.payers)
        ]
        self.fees = {code: FeeType.objects.get_or_create(code=code, defaults={"name": code})[0] for code in FEES}
        self.owners = [0, 1, 2]
        scheme = {"customer_kind": "person", "currency": "CNY", "measure": "balance", "review": {"dates": ["12-31"]}}
        when = {"field": "balance", "op": ">=", "value": "1000000"}
        both = [{"code": "mass", "name": "Mass"}, {"code": "gold", "name": "Gold", "when": when}]
        for start, written in (("2026-01-01", first), (str(SECOND), second)):
            content = {"effective_from": start, "waiver_policy": {"ceiling": "1.00", "lines": written}}
            apply_policy(
                content=content | ({"tier_scheme": scheme | {"tiers": both}} if start < str(SECOND) else {}), by="test"
            )
        version = TierScheme.objects.get().versions.get()
        for payer, code in zip(self.payers, tiers, strict=True):
            TierPeriod.objects.create(
                customer=payer, tier=Tier.objects.get(code=code), since=date(2026, 1, 1), scheme_version=version
            )

    def night(self, day: date) -> None:
        Feed.objects.update_or_create(kind="balances", defaults={"closed_through": day})
        assert run_night(day=day).has_ended
        self.paper.night(day)

    def charge(self, account: int, fee: str, day: int, amount: str) -> None:
        number, on = len(self.paper.charges) + 1, START + timedelta(days=day)
        FeeCharge.objects.create(
            number=str(number),
            account=self.accounts[account],
            fee=self.fees[fee],
            charged_on=on,
            amount=Decimal(amount),
        )
        self.paper.charges.append(Charge(number, self.owners[account], fee, on, Decimal(amount)))
        self.accounts_of = getattr(self, "accounts_of", {}) | {number: account}

    def pass_on(self, account: int, payer: int) -> None:
        AccountHolder.objects.filter(account=self.accounts[account]).delete()
        AccountHolder.objects.create(account=self.accounts[account], customer=self.payers[payer])
        self.owners[account] = payer
        for charge in self.paper.charges:
            if self.accounts_of[charge.number] == account:
                charge.payer = payer

    def by_hand(self, place: int, amount: str) -> None:
        charge = self._any(place)
        if charge is None or charge.amount - charge.waived < Decimal(amount):
            return
        said = {"customer": f"C{charge.payer}", "charge": str(charge.number), "amount": amount}
        self._decided("manual_waiver", said, by="manager")
        charge.by_hand += Decimal(amount)

    def take_back(self, place: int) -> None:
        """The policy's share of a charge, where there is one."""
        charge = self._any(place)
        entry = charge and WaiverEntry.objects.filter(
            charge__number=charge.number, line__isnull=False, reverses=None, reversals=None
        ).first()  # fmt: skip
        if not charge or not entry:
            return
        self._decided("waiver_reversal", {"customer": entry.customer.number, "entry": entry.number}, by="manager")
        charge.share, charge.is_decided = Decimal(0), True

    def correct(self, through: date) -> None:
        check = check_waivers(since=date(2026, 1, 1), through=through, by="test")
        assert check.run.has_ended, check.run.message
        found = check.run.result["leaks"]
        if self.paper.correct():
            self._decided("waiver_correction", content_of(check), by="admin")
        assert bool(found) == WaiverEntry.objects.filter(correction=check).exists()

    def _any(self, place: int) -> Charge | None:
        return self.paper.charges[place % len(self.paper.charges)] if self.paper.charges else None

    def _decided(self, kind: str, content: dict, *, by: str) -> Proposal:
        wish = propose(kind=kind, content=content, title="-", reason="-", by=self.people[by])
        approve(proposal=wish, content_hash=wish.content_hash, by=self.people["approver"])
        return wish

    def compare(self) -> None:
        rows = {int(row.number): row for row in FeeCharge.objects.all()}
        for charge in self.paper.charges:
            assert rows[charge.number].waived == charge.waived, charge
            assert 0 <= charge.waived <= charge.amount
        assert first_wrong() == ""
        for total in totals():
            assert total.net + total.waived == total.gross
        for start, written in self.paper.policies:
            self._caps_hold(start, written)

    def _caps_hold(self, start: date, written: dict) -> None:
        """Per fee, customer and month, of entries of lines: nothing by hand uses up a cap."""
        end = SECOND if start < SECOND else date(2027, 1, 1)
        rows = WaiverEntry.objects.filter(line__isnull=False, charged_on__gte=start, charged_on__lt=end).order_by()
        for row in rows.values("customer__number", "tier__code", "fee_code", "charged_on__month").annotate(
            sum=Sum("waived")
        ):
            line = written.get((row["tier__code"], row["fee_code"]))
            assert line is not None and (line[2] is None or row["sum"] <= line[2]), row
        for row in rows.values("charge", "tier__code", "fee_code").annotate(sum=Sum("waived")):
            line = written.get((row["tier__code"], row["fee_code"]))
            assert line is not None and (line[1] is None or row["sum"] <= line[1]), row


def _rows(written: list[dict]) -> dict:
    caps = [
        tuple(Decimal(line[key]) if key in line else None for key in ("cap_per_fee", "cap_per_month"))
        for line in written
    ]
    return {
        (line["tier"], line["fee"]): (Decimal(line["percent"]), *each) for line, each in zip(written, caps, strict=True)
    }


@pytest.fixture
def people(manager, admin, approver) -> dict:
    return {"manager": manager, "admin": admin, "approver": approver}


@pytest.mark.parametrize("half", [1, 2])
@settings(max_examples=settings.default.max_examples // 2)
@given(first=lines(), second=lines(), evenings=st.lists(STEPS, min_size=3, max_size=3))
def test_every_sequence_goes_as_on_paper(
    people, half: int, first: list[dict], second: list[dict], evenings: list
) -> None:
    with transaction.atomic():
        bank, last = Bank(first, second, people), None
        for day, steps in zip(NIGHTS, evenings, strict=True):
            for name, *words in steps:
                if name == "correct":
                    if last:
                        bank.correct(last)
                else:
                    getattr(bank, name)(*words)
            bank.night(day)
            last = day
            bank.compare()
        bank.correct(NIGHTS[-1])
        bank.compare()
        assert check_waivers(since=date(2026, 1, 1), through=NIGHTS[-1], by="test").run.result["leaks"] == 0
        assert Customer.objects.filter(number__startswith="C").count() == 3
        transaction.set_rollback(True)
