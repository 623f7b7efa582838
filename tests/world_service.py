"""What the service desk knows."""

from datetime import date
from typing import Any

from customers.models import Customer
from service.clocks.versions import STANDARD
from service.complaints.versions import STANDARD as COMPLAINT_RULES
from tests.factories import (
    ComplaintFactory,
    ComplaintRulesFactory,
    ServiceLevelsFactory,
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
    older, queue = ServiceLevelsFactory(effective_from=date(2025, 12, 1), content=plain), TicketQueueFactory()
    ServiceLevelsFactory(content=STANDARD | {"priorities": gold})
    rules = ComplaintRulesFactory(content=COMPLAINT_RULES | {"causes": COMPLAINT_RULES["causes"][:1]})
    ComplaintRulesFactory()
    found = {"service_levels": older, "complaint_rules": rules, "ticket_queue": queue, "desk_team": queue.team}
    return found | {"article": published(owner=UserFactory(username="writer", agent=True))}


def brought(customer: Customer) -> dict[str, Any]:
    """Matters that the customer brought."""
    ticket, linked = TicketFactory(customer=customer), TicketFactory(customer=customer)
    plain, hard = TicketFactory.create_batch(2, customer=customer, kind="complaint")
    found = {"ticket": ticket, "linked_ticket": linked, "ticket_file": TicketAttachmentFactory(ticket=ticket)}
    return found | {
        "complaint": ComplaintFactory(ticket=plain),
        "complex_complaint": ComplaintFactory(ticket=hard, found_complex=True),
    }
