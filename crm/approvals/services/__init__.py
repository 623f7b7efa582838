"""Verbs on proposals. The database holds the four eyes besides; these say why not in words."""

from crm.approvals.services.clock import escalate, expire, remind
from crm.approvals.services.deciding import approve, approve_many, refuse
from crm.approvals.services.deputies import appoint_deputy, end_deputy
from crm.approvals.services.proposing import call_off, propose, withdraw

__all__ = [
    "appoint_deputy",
    "approve",
    "approve_many",
    "call_off",
    "end_deputy",
    "escalate",
    "expire",
    "propose",
    "refuse",
    "remind",
    "withdraw",
]
