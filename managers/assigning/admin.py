from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import ManagedCustomer, MoveSuggestion


@admin.register(MoveSuggestion)
class MoveSuggestionAdmin(ScopedAdmin):
    resource = "move-suggestions"
    is_personal = True
    list_display = ("customer", "giver", "taker", "why", "state", "made_at")
    list_select_related = ("customer", "giver", "taker")


@admin.register(ManagedCustomer)
class ManagedCustomerAdmin(ScopedAdmin):
    resource = "move-suggestions"
    is_personal = True
    list_display = ("customer", "rule", "branch", "team", "weight", "reason")
    list_select_related = ("customer", "branch", "team")
