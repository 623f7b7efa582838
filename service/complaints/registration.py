"""What complaints add to the roles, the slots, the pages and to proposals."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.panels import NavigationEntry, Panel
from crm.base.slots import contribute
from crm.identity.permissions import Role, allow
from customers.privacy import telling
from customers.privacy.telling import Told
from segmentation.purposes import SLOT as PURPOSES
from service.complaints import ruling
from service.complaints.compensating import PURPOSE
from service.complaints.proposals import KIND
from service.complaints.saying import STAGES
from service.complaints.services import of_ticket, refuse_unanswered
from service.complaints.viewsets import ComplaintRulesViewSet, ComplaintViewSet
from service.models import Complaint, ComplaintLetter, ComplaintReview, Ticket
from service.tickets.services import OPENED
from service.tickets.shown import SLOT as PANELS
from service.tickets.writing import ENDING

WORK = (Role.MANAGER, Role.TELLER, Role.AGENT, Role.HEAD)
TOLD = (
    Told("complaints", _("Complaints"), Complaint, ("received_on", "due_on", "answered_on"), key="ticket__customer__in"),
    Told(
        "complaint_letters", _("Letters about complaints"), ComplaintLetter, ("kind", "language", "subject", "body", "sent_at"),
        key="complaint__ticket__customer__in",
    ),
    Told(
        "complaint_reviews", _("Reviews of complaints"), ComplaintReview,
        ("asked_on", "words", "due_on", "decided_on", "outcome", "decision"), key="complaint__ticket__customer__in",
    ),
)  # fmt: skip


def _of_ticket(request: Any, ticket: Ticket) -> dict[str, Any] | None:
    complaint = Complaint.objects.filter(ticket=ticket).first()
    return {"complaint": complaint, "stage": STAGES.get(complaint.stage, complaint.stage)} if complaint else None


def register() -> None:
    allow("complaints:read", *WORK, Role.AUDITOR)
    allow("complaints:write", *WORK)
    allow("complaint-register:read", Role.HEAD, Role.AUDITOR)
    allow("complaint-rules:read", *WORK, Role.ADMIN, Role.APPROVER, Role.AUDITOR)
    allow("complaint-rules:write", Role.ADMIN)
    contribute("approvals.kinds", KIND)
    contribute("approvals.kinds", ruling.KIND)
    contribute(PURPOSES, PURPOSE)
    contribute("api.routes", ("complaints", ComplaintViewSet, "complaints"))
    contribute("api.routes", ("complaint-rules", ComplaintRulesViewSet, "complaint-rules"))
    contribute("navigation", NavigationEntry(_("Complaints"), "complaints", "gavel", "day", "complaints:read"))
    contribute(OPENED, of_ticket)
    contribute(ENDING, refuse_unanswered)
    contribute(PANELS, Panel("complaint", "service/complaints/_ticket.html", _of_ticket, permission="complaints:read"))
    for told in TOLD:
        contribute(telling.SLOT, told)
