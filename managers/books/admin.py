from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Absence, Assignment, ManagerProfile


@admin.register(Assignment)
class AssignmentAdmin(ScopedAdmin):
    resource = "assignments"
    is_personal = True
    list_display = ("customer", "role", "manager", "since", "until")
    list_select_related = ("customer", "manager")


@admin.register(Absence)
class AbsenceAdmin(ScopedAdmin):
    resource = "absences"
    list_display = ("manager", "kind", "since", "until", "cover")
    list_select_related = ("manager", "cover")


@admin.register(ManagerProfile)
class ManagerProfileAdmin(ScopedAdmin):
    resource = "managers"
    list_display = ("user", "capacity", "languages")
    list_select_related = ("user",)
