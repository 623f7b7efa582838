from django.contrib import admin

from crm.base.admin_site import ScopedAdmin, register_rooms
from managers.models import Task

register_rooms("managers")


@admin.register(Task)
class TaskAdmin(ScopedAdmin):
    resource = "tasks"
    is_personal = True
    list_display = ("customer", "manager", "kind", "due_on", "state", "closed_by")
    list_select_related = ("customer", "manager", "closed_by")


register_rooms("managers")
