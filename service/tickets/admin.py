from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import ClockAlert, DeskProfile, Ticket, TicketQueue, TicketStep


@admin.register(Ticket)
class TicketAdmin(ScopedAdmin):
    resource = "tickets"
    is_personal = True
    list_display = ("number", "customer", "kind", "priority", "status", "due_at", "assignee")
    list_select_related = ("customer", "assignee")


@admin.register(TicketStep)
class TicketStepAdmin(ScopedAdmin):
    resource = "tickets"
    is_personal = True
    list_display = ("ticket", "at", "by", "act", "status")
    list_select_related = ("ticket", "by")


@admin.register(ClockAlert)
class ClockAlertAdmin(ScopedAdmin):
    resource = "tickets"
    is_personal = True
    list_display = ("ticket", "kind", "level", "due_at", "said_at")
    list_select_related = ("ticket",)


@admin.register(TicketQueue)
class TicketQueueAdmin(ScopedAdmin):
    resource = "ticket-queues"
    list_display = ("code", "name", "team", "skill", "is_dealt")
    list_select_related = ("team",)


@admin.register(DeskProfile)
class DeskProfileAdmin(ScopedAdmin):
    resource = "ticket-queues"
    list_display = ("user", "capacity", "skills", "away_until")
    list_select_related = ("user",)
