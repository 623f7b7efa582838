from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import BranchQueue, BusinessKind, CardKey, Counter, QueueNumber, QueueRules


@admin.register(QueueNumber)
class QueueNumberAdmin(ScopedAdmin):
    resource = "queue"
    is_personal = True
    list_display = ("__str__", "queue", "day", "kind", "tier", "state", "taken_at", "called_at")
    list_select_related = ("queue__branch", "kind", "tier")


@admin.register(CardKey)
class CardKeyAdmin(ScopedAdmin):
    resource = "card-keys"
    is_personal = True
    list_display = ("customer", "last_four", "made_at", "made_by")
    list_select_related = ("customer", "made_by")


@admin.register(Counter)
class CounterAdmin(ScopedAdmin):
    resource = "counters"
    list_display = ("number", "queue", "is_vip", "is_used", "teller")
    list_select_related = ("queue__branch", "teller")


@admin.register(BranchQueue)
class BranchQueueAdmin(ScopedAdmin):
    resource = "counters"
    list_display = ("branch", "is_open", "paper_from", "paper_until", "lobby")
    list_select_related = ("branch", "lobby")


@admin.register(BusinessKind)
class BusinessKindAdmin(ScopedAdmin):
    resource = "business-kinds"
    list_display = ("letter", "name", "code", "is_offered")


@admin.register(QueueRules)
class QueueRulesAdmin(ScopedAdmin):
    resource = "queue-rules"
    list_display = ("number", "effective_from", "published_by", "published_at")
    list_select_related = ("published_by",)
