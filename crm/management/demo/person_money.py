"""A person's accounts: salary in, life out, the rest saved, month by month along the path of the story."""

from datetime import date, timedelta
from random import Random

from crm.management.demo.ledger import AccountBook
from crm.management.demo.span import Span, month_after
from crm.management.demo.stories import Path

SPENDING = (
    ("card", "沃尔玛", "日用购物"), ("card", "盒马鲜生", "食品"), ("card", "海底捞", "餐饮"), ("card", "京东商城", "网购"),
    ("card", "滴滴出行", "交通"), ("utility", "国家电网", "电费"), ("utility", "自来水公司", "水费"),
    ("utility", "中国移动", "话费"), ("cash", "", "柜台取现"), ("transfer", "房东", "房租"), ("transfer", "母亲", "家用"),
    ("card", "12306", "火车票"), ("card", "新东方", "培训费"), ("card", "药房", "医药"),
)  # fmt: skip
EMPLOYERS = (
    "腾云科技",
    "华东设计院",
    "申城地铁",
    "长江证券",
    "浦发物流",
    "第一人民医院",
    "交大附中",
    "蓝海电子",
    "云帆航运",
)
INTEREST_MONTHS = (3, 6, 9, 12)
PAPER = 10


class PersonMoney:
    """Fills `accounts` of one customer. `key` distinguishes their numbers; `path` is yuan per month of the span."""

    def __init__(self, rng: Random, span: Span, key: str, branch: str, path: Path, opened_on: date) -> None:
        self.rng, self.span, self.key, self.branch, self.path = rng, span, key, branch, path
        self.opened_on = opened_on
        self.accounts: list[AccountBook] = []

    def open(
        self, product: str, opening: float, *, currency: str = "CNY", opened_on: date | None = None
    ) -> AccountBook:
        number = f"62{self.key}{len(self.accounts) + 1:02d}"
        book = AccountBook(number, product, currency, self.branch, opened_on or self.opened_on, round(opening * 100))
        self.accounts.append(book)
        return book

    def day(self, month: date, low: int, high: int) -> date | None:
        """A day of the month in the span, and None where the open month has not come so far."""
        day = month + timedelta(days=self.rng.randint(low, high) - 1)
        return day if self.opened_on <= day <= self.span.last else None

    def live(self, *, income: int, is_asleep: bool) -> None:
        """Current account, and beside it one for the savings where there are any."""
        daily = self._daily(income)
        started = self._at_start()
        current = self.open("current", min(daily, started))
        saved = self._savings(started - daily) if max(self.path) > daily * 2 else None
        employer = self.rng.choice(EMPLOYERS)
        held = current.opening / 100
        for place, month in enumerate(self.span.months):
            if month_after(month) <= self.opened_on:
                continue
            if saved and not is_asleep:
                self._save(saved, month, self.path[place] - daily, first=place == 0)
            if not is_asleep:
                held = self._month(current, month, held, income=income, daily=daily, employer=employer)

    def _daily(self, income: int) -> float:
        """What usually lies on the current account."""
        usual = income * 0.8 if income else 0.04 * max(self.path)
        return float(min(max(usual, 300), 40_000, max(self.path) * 0.9 or 300))

    def _at_start(self) -> float:
        return self.path[0] if self.opened_on <= self.span.first else 0.0

    def _savings(self, opening: float) -> AccountBook:
        richest = max(self.path)
        products = ["term"] if richest < 80_000 else ["term", "wealth", "large_cd"]
        product = "equity_fund" if richest > 300_000 and self.rng.random() < 0.15 else self.rng.choice(products)
        return self.open(product, max(opening, 0))

    def _save(self, saved: AccountBook, month: date, wanted: float, *, first: bool) -> None:
        """Move the savings to the month's level, on its first days."""
        held = (saved.opening + sum(move.cents for move in saved.moves)) / 100
        change = round(max(wanted, 0) - held, 2)
        day = self.day(month, 1, 1) or (self.opened_on if self.opened_on > month else None)
        if first or day is None or day > self.span.last or abs(change) < 1:
            return
        if change > 0:
            saved.move(day, change, "transfer", "他行转入", "资金归集")
        else:
            saved.move(day, change, "transfer", "他行转出", "转出")

    def _month(
        self, current: AccountBook, month: date, held: float, *, income: int, daily: float, employer: str
    ) -> float:
        rng, events = self.rng, []
        pay = self.day(month, 5, 15) if income else None
        if pay:
            events.append((pay, round(income * rng.uniform(0.98, 1.06), 2), ("payroll", employer, "工资")))
        spend = held + income - daily * rng.uniform(0.8, 1.1) if income else held * rng.uniform(0.05, 0.2)
        shares = [rng.uniform(0.5, 1.5) for _ in range(rng.randint(3, 6))]
        for share in shares:
            if spend > 0 and (day := self.day(month, 1, 28)):
                events.append((day, -round(spend * share / sum(shares), 2), rng.choice(SPENDING)))
        if not income and held < daily * 0.7 and (day := self.day(month, 3, 9)):
            events.append((day, round(daily - held, 2), ("transfer", "本人他行账户", "转入")))
        if month.month in INTEREST_MONTHS and held > 400 and (day := self.day(month, 21, 21)):
            events.append((day, round(held * 0.000125, 2), ("interest", "", "季度结息")))
        for day, yuan, words in sorted(events):
            if held + yuan < 20:
                continue
            held = round(held + yuan, 2)
            current.move(day, yuan, *words)
            if words[0] == "transfer" and yuan < -500 and rng.random() < 0.5:
                current.charge(day, "transfer", min(max(-yuan * 0.0005, 2), 50))
        return held

    def lend(self) -> None:
        """A mortgage: a debt that shrinks by a payment on the 20th."""
        debt = self.rng.randint(40, 320) * 10_000.0
        paid_back, house = debt / 300, self.open("mortgage", -debt, opened_on=date(2021, 6, 18))
        for month in self.span.months:
            if day := self.day(month, 20, 20):
                house.move(day, paid_back, "repayment", "", "房贷还款")

    def go_abroad(self, currency: str, amount: float) -> None:
        """A currency account that takes an amount each quarter and pays most of it out."""
        book = self.open("current", amount, currency=currency)
        for month in self.span.months[2::3]:
            if day := self.day(month, 6, 12):
                book.move(day, amount * 0.35, "exchange", "", "购汇")
            if day := self.day(month, 15, 24):
                book.move(day, -amount * 0.3, "transfer", "University", "Tuition")
                book.charge(day, "foreign_transfer", 15)

    def take_paper(self) -> None:
        """A statement on paper each month costs a fee, and a safe-deposit box one each year."""
        for month in self.span.months:
            if day := self.day(month, 5, 5):
                self.accounts[0].charge(day, "statement", PAPER)
        if max(self.path) > 800_000 and (day := self.day(self.span.months[-4], 12, 12)):
            self.accounts[0].charge(day, "safe_box", 600)

    def keep_little(self) -> None:
        """Three yuan on the 21st of a quarter's last month where the average of three months stayed below 300."""
        current = self.accounts[0]
        days = list(current.balances(self.span.first))
        for month in self.span.months[2:]:
            day, start = month + timedelta(days=20), month_after(month, -3) + timedelta(days=20)
            is_due = month.month in INTEREST_MONTHS and day <= self.span.last and self.opened_on <= start
            if is_due and current.average(start, day, days) < 30_000:
                current.charge(day, "small_balance", 3)
