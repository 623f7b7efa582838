from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Opportunity, StageMove


@admin.register(Opportunity)
class OpportunityAdmin(ScopedAdmin):
    resource = "opportunities"
    is_personal = True
    list_display = ("customer", "product", "stage", "amount", "currency", "close_on", "owner")
    list_filter = ("stage",)
    list_select_related = ("customer", "product", "owner")


@admin.register(StageMove)
class StageMoveAdmin(ScopedAdmin):
    resource = "opportunities"
    list_display = ("opportunity", "number", "from_stage", "to_stage", "at", "by")
    list_select_related = ("opportunity__product", "by")
