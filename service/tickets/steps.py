"""Steps of the log, as they are written."""

from datetime import datetime
from typing import Any

from service.clocks.clock import Says
from service.models import Ticket, TicketStep

# who spoke to whom in an act
SPOKEN = {TicketStep.Act.REPLIED: Says.OURS, TicketStep.Act.WROTE: Says.THEIRS, TicketStep.Act.REOPENED: Says.THEIRS}


def step_of(ticket: Ticket, act: str, *, by: Any, at: datetime, told: dict[str, Any] | None = None) -> TicketStep:
    """With the status that the ticket has now; not yet written."""
    says = SPOKEN.get(TicketStep.Act(act), Says.NOTHING)
    return TicketStep(ticket=ticket, at=at, by=by, act=act, status=ticket.status, says=says, told=told or {})
