"""What is known of the managers of customers, and asked of them."""

from typing import Any

from crm.approvals.services import approve, propose
from crm.identity.models import User
from customers.models import Customer, Product
from managers.models.resource_terms import KIND as TERMS
from managers.models.staff_standards import KIND
from service.models.queue_rules import KIND as QUEUE
from tests.factories import (
    AdviceFactory,
    CertificateFactory,
    CustomerFactory,
    CustomerPlanFactory,
    ManagerGradeFactory,
    PlanActionFactory,
    PlanGoalFactory,
    ProspectFactory,
    ResourceRequestFactory,
    ScorecardFactory,
    TargetFactory,
    TrainingFactory,
)

CALM: dict[str, Any] = {"ageing": "0.1", "limit_minutes": 40, "branches": {}}
LIMITS = [{"role": "head", "level": "", "kind": "deposit_rate", "up_to": "1000000"}]


def qualified(manager: User) -> dict[str, Any]:
    return {
        "grade": ManagerGradeFactory(manager=manager),
        "certificate": CertificateFactory(manager=manager),
        "scorecard": ScorecardFactory(manager=manager),
        "target": TargetFactory(manager=manager),
        "training": TrainingFactory(manager=manager),
    }


def asked(admin: User, approver: User) -> dict[str, Any]:
    """Nothing of managers, so that everybody may have every customer; heads may grant anything."""
    return {
        "asked_of_managers": _approved(KIND, {"tiers": {}}, admin, approver),
        "queue_rules": _approved(QUEUE, CALM, admin, approver),
        "terms": _approved(TERMS, {"floors": [], "limits": LIMITS}, admin, approver),
    }


def _approved(kind: str, content: dict[str, Any], admin: User, approver: User) -> Any:
    proposal = propose(kind=kind, content=content, title="Asked", reason="First", by=admin)
    return approve(proposal=proposal, content_hash=proposal.content_hash, by=approver)


def asked_for(customer: Customer) -> dict[str, Any]:
    """A rate that the manager asked for, and one that no head may grant."""
    Product.objects.filter(family="deposit").update(customer_rate="0.01")
    here = {"manager": customer.manager, "branch": customer.branch, "status": "prospect"}
    request = ResourceRequestFactory(customer=customer, asked_by=customer.manager)
    dear = ResourceRequestFactory(customer=customer, asked_by=customer.manager, cost=2_000_000)
    asked = {"resource_request": request, "dear_request": dear, "deposit": request.product}
    return asked | who_may_come(here) | advised(customer) | planned(customer)


def advised(customer: Customer) -> dict[str, Any]:
    """By one advice that is drafted, and one that waits for an answer."""
    return {"advice": AdviceFactory(customer=customer), "handed_advice": AdviceFactory(customer=customer, handed=True)}


def planned(customer: Customer) -> dict[str, Any]:
    """Where the bank wants to be with the customer."""
    plan = CustomerPlanFactory(customer=customer)
    return {
        "planless": CustomerFactory(kind="company", manager=customer.manager, branch=customer.branch),
        "customer_plan": plan,
        "plan_goal": PlanGoalFactory(plan=plan),
        "plan_action": PlanActionFactory(plan=plan, who=customer.manager),
    }


def who_may_come(here: dict[str, Any]) -> dict[str, Any]:
    """One who is noted, and one who is not."""
    return {
        "prospect": ProspectFactory(customer=CustomerFactory(**here)),
        "newcomer": CustomerFactory(**here),
    }
