"""What customers said to the products that the newest closed month suggests."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from customers.contacting.contactable import whom_to_contact
from customers.models import Customer, Purpose
from segmentation.models import ProductAnswer, Suggestion
from segmentation.next_product.services import RESTS

Answer, Reason = ProductAnswer.Answer, ProductAnswer.Reason
SAID = (*[Answer.TAKEN] * 7, *[Answer.REFUSED] * 7, *[Answer.LATER] * 5, Answer.NEVER)
WHY = (Reason.NO_NEED, Reason.NO_NEED, Reason.ELSEWHERE, Reason.TOO_RISKY)
NOTES = {Reason.ELSEWHERE: "他行理财尚未到期", Reason.TOO_RISKY: "担心净值波动", Reason.NO_NEED: ""}
ONE_IN = 3


def answer_suggestions(last: date) -> int:
    """Managers spoke of the first suggestion with a third of the customers who agreed to it at the branch; all in one statement."""
    at = datetime.combine(last, time(10), timezone.get_current_timezone())
    agreed = whom_to_contact(Customer.objects.filter(manager__isnull=False), Purpose.MARKETING, "branch", at)
    rows = (
        Suggestion.objects.newest()
        .with_state(last)
        .filter(rank=1, customer__in=agreed, is_held=False, said__isnull=True)
    )
    chosen = [row for row in rows.select_related("customer").order_by("customer") if row.customer_id % ONE_IN == 0]
    return len(ProductAnswer.objects.bulk_create([_said(row, at) for row in chosen]))


def _said(row: Suggestion, at: datetime) -> ProductAnswer:
    rng = Random(f"{row.customer.number}/answer")
    answer = rng.choice(SAID)
    reason = rng.choice(WHY) if answer == Answer.REFUSED else ""
    moment = at - timedelta(days=rng.randint(0, 9), minutes=rng.randint(0, 50))
    return ProductAnswer(
        suggestion=row,
        customer=row.customer,
        product_id=row.product_id,
        answer=answer,
        reason=reason,
        note=NOTES[Reason(reason)] if reason else "",
        channel="branch",
        at=moment,
        by_id=row.customer.manager_id,
        rests_until=timezone.localdate(moment) + RESTS[answer] if answer in RESTS else None,
    )
