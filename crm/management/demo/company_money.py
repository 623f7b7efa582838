"""A company's accounts: customers pay, suppliers and staff are paid, what is left lies at term; some have borrowed."""

from datetime import date, timedelta
from random import Random

from crm.management.demo.ledger import AccountBook
from crm.management.demo.span import Span
from crm.management.demo.stories import Path

BUYERS = ("国美零售", "华润集团", "中建三局", "上汽集团", "招商物业", "苏宁易购")
SUPPLIERS = ("宝钢股份", "顺丰速运", "国家电网", "金山办公", "立讯精密")


def run_company(rng: Random, span: Span, key: str, branch: str, path: Path, opened_on: date) -> list[AccountBook]:
    """A current account with a fifth of the assets and all the traffic, a term account with the rest."""
    current = AccountBook(f"63{key}01", "company_current", "CNY", branch, opened_on, round(path[0] * 20))
    saved = AccountBook(f"63{key}02", "company_term", "CNY", branch, opened_on, round(path[0] * 80))
    held, lying = path[0] * 0.2, path[0] * 0.8
    for place, month in enumerate(span.months):
        wanted = path[place] * 0.8
        if place and month <= span.last:
            saved.move(month, round(wanted - lying, 2), "transfer", "", "定期调整")
            lying = wanted
        held = _month(rng, span, current, month, held, path[place] * 0.2)
    return [current, saved, *_lent(span, key, branch, path, opened_on)]


def _lent(span: Span, key: str, branch: str, path: Path, opened_on: date) -> list[AccountBook]:
    """Every other company has borrowed working capital and pays a hundredth of it back each month."""
    debt = round(path[0] * 0.6, -3)
    if int(key) % 2 or debt <= 0:
        return []
    loan = AccountBook(f"63{key}03", "company_loan", "CNY", branch, opened_on, round(-debt * 100))
    for month in span.months:
        if (day := month + timedelta(days=19)) <= span.last:
            loan.move(day, debt / 100, "repayment", "", "贷款还本")
    return [loan]


def _month(rng: Random, span: Span, current: AccountBook, month: date, held: float, wanted: float) -> float:
    turnover = wanted * 0.6
    events = [
        (rng.randint(2, 26), round(turnover * rng.uniform(0.2, 0.4), 2), ("transfer", rng.choice(BUYERS), "货款"))
        for _ in range(3)
    ]
    events += [
        (rng.randint(3, 27), -round(turnover * rng.uniform(0.1, 0.2), 2), ("transfer", rng.choice(SUPPLIERS), "采购"))
        for _ in range(4)
    ]
    events.append((10, -round(turnover * 0.3, 2), ("salaries", "", "代发工资")))
    events.append((28, round(wanted - held, 2) if abs(wanted - held) > wanted * 0.4 else 0.0, ("transfer", "", "调拨")))
    for number, yuan, words in sorted(events):
        day = month + timedelta(days=number - 1)
        if day > span.last or held + yuan < 1_000:
            continue
        held = round(held + yuan, 2)
        current.move(day, yuan, *words)
        if words[0] == "transfer" and yuan < 0:
            current.charge(day, "transfer", min(max(-yuan * 0.0003, 5), 200))
    if month + timedelta(days=4) <= span.last:
        current.charge(month + timedelta(days=4), "account_keeping", 50)
    return held
