"""Verbs on customers, their contact data, and contacts with them."""

from customers.services.contacts import change_contact, reveal_contact
from customers.services.interactions import amend_interaction, correct_interaction, log_interaction
from customers.services.lookups import look_up
from customers.services.managers import assign_manager
from customers.services.parties import change_customer, change_status, register_customer

__all__ = [
    "amend_interaction",
    "assign_manager",
    "change_contact",
    "change_customer",
    "change_status",
    "correct_interaction",
    "log_interaction",
    "look_up",
    "register_customer",
    "reveal_contact",
]
