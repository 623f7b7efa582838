"""What the service desk knows."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.utils.timezone import now

from crm.identity.models import Branch, User
from customers.models import Customer
from service.clocks.versions import STANDARD
from service.complaints.versions import STANDARD as COMPLAINT_RULES
from service.models import Caller
from tests.factories import (
    CallBackFactory,
    CallerFactory,
    CallReasonFactory,
    CallScriptFactory,
    ComplaintFactory,
    ComplaintLetterFactory,
    ComplaintReviewFactory,
    ComplaintRulesFactory,
    MandateFactory,
    ServiceLevelsFactory,
    TeamFactory,
    TicketAttachmentFactory,
    TicketFactory,
    TicketQueueFactory,
    UserFactory,
)
from tests.factories.knowledge import published


def promised() -> dict[str, Any]:
    """To every customer; and where tickets wait."""
    gold = [line | ({"tiers": ["gold"]} if "tiers" in line else {}) for line in STANDARD["priorities"]]
    plain = STANDARD | {"priorities": [{"priority": "normal"}]}
    older, queue = (
        ServiceLevelsFactory(effective_from=date(2025, 12, 1), content=plain),
        TicketQueueFactory(team__branch=Branch.objects.get(code="EAST")),
    )
    ServiceLevelsFactory(content=STANDARD | {"priorities": gold})
    rules = ComplaintRulesFactory(content=COMPLAINT_RULES | {"causes": COMPLAINT_RULES["causes"][:1]})
    ComplaintRulesFactory()
    CallScriptFactory()
    return {
        "call_reason": (reason := CallReasonFactory()),
        "reasons": SimpleNamespace(pk=[reason.code]),
        "call_script": CallScriptFactory(moment="verified"),
        "scopes": SimpleNamespace(pk=["ask"]),
        "article": published(owner=UserFactory(username="writer", agent=True)),
        "complaint_rules": rules,
        "service_levels": older,
        "ticket_queue": queue,
        "desk_team": queue.team,
    }


def brought(customer: Customer) -> dict[str, Any]:
    """Matters that the customer brought."""
    ticket, linked = TicketFactory(customer=customer), TicketFactory(customer=customer)
    plain, hard, answered, reviewed = TicketFactory.create_batch(4, customer=customer, kind="complaint")
    assert customer.branch
    UserFactory(head=True, branch=Branch.objects.get(path=f"/{customer.branch.path.split('/')[1]}/"))
    judge = User.objects.filter(username="head").first() or UserFactory(head=True)
    found = {"ticket": ticket, "linked_ticket": linked, "ticket_file": TicketAttachmentFactory(ticket=ticket)}
    attorney = MandateFactory(customer=customer)
    found |= {"attorney": attorney, "caller": attorney.holder, "nobody": unknown()}
    return found | {
        "call_back": CallBackFactory(customer=customer),
        "taken_call_back": CallBackFactory(customer=customer, state="taken", taken_at=now(), taken_by=customer.manager),
        "complaint": ComplaintFactory(ticket=plain),
        "complex_complaint": ComplaintFactory(ticket=hard, found_complex=True),
        "complaint_letter": (letter := ComplaintLetterFactory(complaint__ticket__customer=customer)),
        "lettered_complaint": letter.complaint,
        "answered_complaint": ComplaintFactory(ticket=answered, answered=True),
        "reviewed_complaint": ComplaintReviewFactory(
            complaint=ComplaintFactory(ticket=reviewed, answered=True), reviewer=judge
        ).complaint,
    }


def unknown() -> Caller:
    """Somebody whom the bank does not know, of whose solved matter a team was told."""
    team, caller = TeamFactory(), CallerFactory()
    team.members.set(User.objects.filter(username__in=("manager", "teller", "head")))
    TicketFactory(customer=None, caller=caller, queue=TicketQueueFactory(team=team), solved=True)
    return caller
