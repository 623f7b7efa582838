"""The money-laundering risk of the customers who have a manager, and their reviews: most on time, some due, a few late."""

from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from crm.management.demo.bank import Bank
from crm.management.demo.people import Party
from crm.management.demo.span import Span
from customers.kyc.rating import next_due, rate_customer
from customers.models import Customer, KycReview, Risk, RiskRating

WEIGHTS = {Risk.LOW: 70, Risk.MEDIUM: 25, Risk.HIGH: 5}
REASONS = {
    Risk.LOW: "工薪收入，资金来源清晰", Risk.MEDIUM: "个体经营，现金往来较多", Risk.HIGH: "跨境资金往来频繁，加强尽职调查",
}  # fmt: skip
CASE = "短期内多笔分散存入后集中转出，已提交可疑交易报告"


def rate_risks(*, parties: list[Party], bank: Bank, span: Span, seed: int) -> int:
    """All in one statement a table: a service call for each of some thousand old ones is not what it is for."""
    ids = dict(Customer.objects.values_list("number", "pk"))
    ratings, reviews = [], []
    for party in parties:
        if not party.has_manager or party.story.status == "prospect":
            continue
        rng = Random(f"{seed}/{party.number}/diligence")
        level = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        day = span.last - timedelta(days=rng.randint(20, 380) if level == Risk.MEDIUM else rng.randint(20, 170))
        at = datetime.combine(day, time(10, rng.randint(0, 59)), timezone.get_current_timezone())
        by, pk = bank.manager_of(party.branch), ids[party.number]
        ratings.append(RiskRating(customer_id=pk, level=level, reason=REASONS[level], rated_at=at, by=by))
        reviews.append(KycReview(customer_id=pk, level=level, due_on=next_due(level, day)))
    RiskRating.objects.bulk_create(ratings, batch_size=2_000)
    KycReview.objects.bulk_create(reviews, batch_size=2_000)
    _suspect(bank, span)
    return len(ratings) + len(reviews)


def _suspect(bank: Bank, span: Span) -> None:
    """One customer is a case, which the head knows of and the manager does not."""
    customer = Customer.objects.filter(number="100009").first()
    if customer:
        at = datetime.combine(span.last - timedelta(days=4), time(15), timezone.get_current_timezone())
        rate_customer(customer=customer, level=Risk.HIGH, reason=CASE, by=bank.staff["head"], at=at, is_case=True)
