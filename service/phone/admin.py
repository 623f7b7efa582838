from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import CallBack, CallReason, CallScript, WrapUp


@admin.register(CallScript)
class CallScriptAdmin(ScopedAdmin):
    resource = "call-scripts"
    list_display = ("moment", "number", "written_by", "written_at")
    list_select_related = ("written_by",)


@admin.register(CallReason)
class CallReasonAdmin(ScopedAdmin):
    resource = "call-reasons"
    list_display = ("code", "name", "is_used")


@admin.register(CallBack)
class CallBackAdmin(ScopedAdmin):
    resource = "call-backs"
    is_personal = True
    list_display = ("__str__", "customer", "caller", "due_at", "by_manager", "state", "taken_by")
    list_select_related = ("customer", "caller", "taken_by")


@admin.register(WrapUp)
class WrapUpAdmin(ScopedAdmin):
    resource = "wrap-ups"
    list_display = ("call", "outcome", "reasons", "follows", "is_solved", "by", "at")
    list_select_related = ("call", "by")
