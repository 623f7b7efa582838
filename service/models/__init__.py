from service.models.bookings import Booking, Room
from service.models.callers import Caller, Mandate
from service.models.card_keys import CardKey
from service.models.complaints import Complaint, LegalStep
from service.models.counters import BranchQueue, BusinessKind, Counter
from service.models.desks import DeskProfile, TicketQueue
from service.models.knowledge import Article, ArticleLink, ArticleRating, ArticleVersion, ArticleView
from service.models.legal import Compensation, ComplaintLetter, ComplaintReview, LegalAlert
from service.models.levels import ComplaintRules, ServiceLevels
from service.models.outbox import CoreAttempt, CoreMessage
from service.models.phone import CallBack, CallReason, CallScript, WrapUp
from service.models.queue import QueueNumber, QueueStep
from service.models.queue_rules import QueueRules
from service.models.requests import RequestForm, RequestStep, ServiceRequest
from service.models.roster import Demand, Roster, Shift, Swap
from service.models.said import TicketAttachment, TicketMessage, TicketStep
from service.models.tickets import Ticket, TicketLink, TicketWatcher
from service.models.times import ClockAlert, TicketClock
from service.models.workorders import WorkOrder, WorkOrderStep

__all__ = [
    "Article",
    "ArticleLink",
    "ArticleRating",
    "ArticleVersion",
    "ArticleView",
    "Booking",
    "BranchQueue",
    "BusinessKind",
    "CallBack",
    "CallReason",
    "CallScript",
    "Caller",
    "CardKey",
    "ClockAlert",
    "Compensation",
    "Complaint",
    "ComplaintLetter",
    "ComplaintReview",
    "ComplaintRules",
    "CoreAttempt",
    "CoreMessage",
    "Counter",
    "Demand",
    "DeskProfile",
    "LegalAlert",
    "LegalStep",
    "Mandate",
    "QueueNumber",
    "QueueRules",
    "QueueStep",
    "RequestForm",
    "RequestStep",
    "Room",
    "Roster",
    "ServiceLevels",
    "ServiceRequest",
    "Shift",
    "Swap",
    "Ticket",
    "TicketAttachment",
    "TicketClock",
    "TicketLink",
    "TicketMessage",
    "TicketQueue",
    "TicketStep",
    "TicketWatcher",
    "WorkOrder",
    "WorkOrderStep",
    "WrapUp",
]
