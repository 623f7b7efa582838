"""Calls at the phone centre, what customers want, and cards that a branch makes: a little of each."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from crm.identity.models import Branch, User
from crm.management.demo.bank import BY, Bank
from crm.management.demo.referrals import refer_customers
from customers.calls import services as calls
from customers.calls import verifying
from customers.calls.questions import known_of
from customers.cards import orders, spoilt, stock
from customers.cards.designs import save_design
from customers.cards.names import suggested
from customers.cards.orders import CARRIES
from customers.models import Account, CardDesign, CardOrder, Customer, Need, Product

DESIGNS = (("classic", "标准借记卡 Classic", False), ("gold", "金卡 Gold", True), ("youth", "青春卡 Youth", False))
# product, wish, met, customers a month, who meets it, quotes
NEEDS = (
    (
        "large_cd",
        "price",
        False,
        9,
        "城商行",
        ("大额存单利率比别家低一点", "利率再高一些就转过来", "三年期利率没有优势"),
    ),
    ("large_cd", "price", True, 6, "", ("利率满意，续存", "比活期划算")),
    ("wealth", "term", False, 7, "互联网平台", ("希望随时可以赎回", "封闭期太长了", "想要三个月以内的产品")),
    ("wealth", "advice", True, 8, "", ("经理讲得很清楚", "产品说明书看得明白")),
    ("mortgage", "speed", False, 6, "", ("提前还款预约排队太久", "资料要跑两趟")),
    ("annuity", "advice", False, 3, "保险公司", ("分红怎么算没听懂",)),
)
COUNTER = ("100003", "100005", "100007", "100011")


def tell_of_the_counter(*, bank: Bank, at: datetime, seed: int) -> int:
    """How many calls, needs, cards and referrals that were. `at` is the first morning after the data."""
    return _calls(bank, at) + _needs(bank, at, seed) + _cards(bank, at) + refer_customers(bank=bank, at=at)


def _calls(bank: Bank, at: datetime) -> int:
    """Four who prove who they are, one who can't, and one who hangs up."""
    agent, told = bank.staff["agent"], 0
    callers = Customer.objects.filter(number__in=[str(100_001 + place) for place in (0, 2, 7, 10, 4)]).order_by(
        "number"
    )
    for place, customer in enumerate(callers.select_related("contact")):
        begun = at - timedelta(days=1, hours=5 - place, minutes=7 * place)
        call = calls.begin_call(number=customer.contact.phone, by=agent, at=begun)
        call = verifying.choose_customer(call=call, customer=customer, by=agent, at=begun + timedelta(seconds=20))
        known = known_of(customer)
        right = {question: min(known[question]) for question in call.asked}
        answers = {} if place == 2 else {str(each): _as_said(each, text) for each, text in right.items()}
        verifying.verify_caller(call=call, answers=answers, by=agent, at=begun + timedelta(minutes=1))
        ended = begun + timedelta(minutes=3 + place)
        said: dict[str, Any] = {
            "outcome": "reached",
            "purpose": "service",
            "note": ("查询跨行转账限额", "挂失后补卡进度", "", "理财到期时间", "账单疑问")[place],
        }
        calls.log_call(call=call, by=agent, as_of=ended, **said)
        told += 1
    hung_up = calls.begin_call(number="", by=agent, at=at - timedelta(hours=9))
    calls.end_call(call=hung_up, by=agent, at=at - timedelta(hours=8, minutes=59))
    return told + 1


def _as_said(question: str, text: str) -> str:
    """A branch is known by its key, and said by its code."""
    return Branch.objects.get(pk=int(text)).code if question == "branch" else text


def _needs(bank: Bank, at: datetime, seed: int) -> int:
    """In one statement, over the last three months: notes of some hundred contacts."""
    rng = Random(f"{seed}/needs")
    people = list(
        Customer.objects.filter(kind=Customer.Kind.PERSON, status="active")
        .order_by("number")
        .values_list("pk", flat=True)
    )
    products = Product.objects.in_bulk(field_name="code")
    managers = [user for user in bank.staff.values() if user.role == User.Role.MANAGER]
    rows = []
    for months_ago in range(3):
        for code, wish, is_met, customers, rival, quotes in NEEDS:
            for pk in rng.sample(people, min(len(people), customers + rng.randint(0, 3))):
                day = at - timedelta(days=30 * months_ago + rng.randint(1, 28), hours=rng.randint(6, 14))
                rows.append(
                    Need(
                        customer_id=pk,
                        product=products[code],
                        family=products[code].family,
                        wish=wish,
                        is_met=is_met,
                        met_by=rival if rng.random() < 0.8 else "",
                        quote=rng.choice(quotes) if rng.random() < 0.6 else "",
                        noted_at=day,
                        by=rng.choice(managers),
                    )
                )
    rows.sort(key=lambda need: (need.noted_at, need.customer_id))
    return len(Need.objects.bulk_create(rows))


def _cards(bank: Bank, at: datetime) -> int:
    """One handed over, one spoilt and not yet confirmed, one that waits to be fetched, one to be printed."""
    teller, other = bank.staff["teller"], bank.staff["teller2"]
    assert other.branch
    designs = [
        save_design(design=CardDesign(code=code, name=name, is_gold=gold), by=BY) for code, name, gold in DESIGNS
    ]
    week = at - timedelta(days=7)
    for design, quantity in zip(designs, (200, 60, 40), strict=True):
        lot = stock.receive_blanks(design=design, quantity=quantity, remark="送货单 2207", by=teller, at=week)
    sent = stock.send_blanks(stock=lot.stock, to=other.branch, quantity=15, by=teller, at=week)
    stock.receive_blanks(design=lot.stock.design, quantity=15, sent=sent, by=other, at=week + timedelta(days=1))
    stock.count_blanks(
        stock=lot.stock, counted=24, remark="少一张，已查监控，原因待核", by=teller, at=at - timedelta(days=2)
    )
    made = [order for number in COUNTER if (order := _order(number, designs[0], teller, at))]
    for place, order in enumerate(made[:3]):
        printed = order.ordered_at + timedelta(minutes=4)
        last_four = f"{int(order.customer.number) % 10_000:04}"
        orders.print_card(order=order, last_four=last_four, core_reference="", by=teller, at=printed)
        if place == 0:
            orders.hand_over(order=order, slip="Q-00318", by=teller, at=printed + timedelta(minutes=3))
        if place == 1:
            shelf = order.movements.get().stock
            said: dict[str, Any] = {"stock": shelf, "order": order, "quantity": 1, "reason": "凸字不清晰"}
            spoilt.report_spoilt(by=teller, at=printed + timedelta(minutes=1), **said)
    return len(made)


def _order(number: str, design: CardDesign, teller: User, at: datetime) -> CardOrder | None:
    """On an account of the customer's, where there are both."""
    customer = Customer.objects.filter(number=number).first()
    held = Account.objects.filter(holders__customer=customer, closed_on=None, product__family__in=CARRIES)
    account = held.select_related("product").order_by("number").first()
    if customer is None or account is None:
        return None
    moment = at - timedelta(hours=14 - COUNTER.index(number))
    return orders.order_card(
        customer=customer,
        account=account,
        design=design,
        embossed_name=suggested(customer),
        is_confirmed=True,
        by=teller,
        at=moment,
    )
