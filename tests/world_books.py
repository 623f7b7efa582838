"""Who looks after the own customer and the other, who did, and who is to."""

from tests.factories import (
    AbsenceFactory,
    AssignmentFactory,
    AssignmentPolicyFactory,
    AssignmentRunFactory,
    HandoverFactory,
    LeavingFactory,
    ManagedCustomerFactory,
    MoveSuggestionFactory,
    TeamFactory,
    UserFactory,
)
from tests.world_managers import asked_for, qualified

GOLD = {"weights": [{"tier": "gold", "weight": 1}], "rules": [{"name": "Gold", "tiers": ["gold"]}]}


def looked_after(customer) -> dict:
    """A backup beside the primary, who is away."""
    assignment = AssignmentFactory(customer=customer, manager__branch=customer.branch)
    AssignmentFactory(customer=customer, manager=customer.manager, role="primary")
    return {
        "assignment": assignment,
        "colleague": UserFactory(manager=True, branch=customer.branch),
        "absence": AbsenceFactory(manager=customer.manager),
        "handover": HandoverFactory(customer=customer),
        "leaving": LeavingFactory(manager__branch=customer.branch),
        **assigned(customer),
    }


def assigned(customer) -> dict:
    """By a policy to their branch, and suggested to somebody else of it."""
    ManagedCustomerFactory(customer=customer)
    move = MoveSuggestionFactory(customer=customer, taker__branch=customer.branch)
    return {
        "move": move,
        "assignment_run": AssignmentRunFactory(),
        "assigning": AssignmentPolicyFactory(content=GOLD),
        "team": TeamFactory(branch=customer.branch),
        **qualified(customer.manager),
        **asked_for(customer),
    }
