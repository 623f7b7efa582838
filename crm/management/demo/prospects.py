"""Who may become a customer of the demo bank: where they come from, who sent them, what is next."""

from datetime import datetime, timedelta
from typing import Any

from customers.models import Customer
from managers.models import Opportunity, Prospect
from managers.prospects.services import change_prospect, lose_prospect, note_prospect

Source = Opportunity.Source
# source, next step, days until it, stage that it came to; "" is lost
NOTED = (
    (Source.BRANCH, "电话邀约来网点面谈", 3, Prospect.Stage.NEW),
    (Source.REFERRAL, "请推荐人一同参加沙龙", 6, Prospect.Stage.CONTACTED),
    (Source.EVENT, "发送理财方案", 2, Prospect.Stage.QUALIFIED),
    (Source.CAMPAIGN, "", 0, ""),
)


def note_prospects(*, at: datetime) -> int:
    """Of those whom somebody registered; a customer of the same manager sent one of them."""
    open_records = Customer.objects.unmerged().filter(
        status=Customer.Status.PROSPECT, manager__isnull=False, erased_on=None
    )
    people = list(open_records.select_related("manager").order_by("number")[: 3 * len(NOTED)])
    for place, customer in enumerate(people):
        source, step, days, stage = NOTED[place % len(NOTED)]
        by = customer.manager
        assert by
        said: dict[str, Any] = {"source": source, "next_step": step, "by": by, "at": at}
        if step:
            said["next_on"] = (at + timedelta(days=days)).date()
        if source == Source.REFERRAL:
            said["referrer"] = Customer.objects.active().unmerged().filter(manager=by).order_by("number").first()
        prospect = note_prospect(customer=customer, **said)
        if not stage:
            lose_prospect(prospect=prospect, reason="已在他行办理", by=by, at=at)
        elif stage != prospect.stage:
            change_prospect(prospect=prospect, stage=stage, by=by, at=at)
    return len(people)
