from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import WorkOrder, WorkOrderStep


@admin.register(WorkOrder)
class WorkOrderAdmin(ScopedAdmin):
    resource = "work-orders"
    is_personal = True
    list_display = ("__str__", "customer", "what", "team", "branch", "state", "due_at")
    list_select_related = ("customer", "team", "branch")


@admin.register(WorkOrderStep)
class WorkOrderStepAdmin(ScopedAdmin):
    resource = "work-orders"
    is_personal = True
    list_display = ("order", "at", "by", "department", "state")
    list_select_related = ("order", "by")
