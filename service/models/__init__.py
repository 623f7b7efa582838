from service.models.complaints import Complaint, LegalStep
from service.models.desks import DeskProfile, TicketQueue
from service.models.levels import ComplaintRules, ServiceLevels
from service.models.said import TicketAttachment, TicketMessage, TicketStep
from service.models.tickets import Ticket, TicketLink, TicketWatcher
from service.models.times import ClockAlert, TicketClock

__all__ = [
    "ClockAlert",
    "Complaint",
    "ComplaintRules",
    "DeskProfile",
    "LegalStep",
    "ServiceLevels",
    "Ticket",
    "TicketAttachment",
    "TicketClock",
    "TicketLink",
    "TicketMessage",
    "TicketQueue",
    "TicketStep",
    "TicketWatcher",
]
