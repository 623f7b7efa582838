from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import CoreAttempt, CoreMessage


@admin.register(CoreMessage)
class CoreMessageAdmin(ScopedAdmin):
    resource = "service-requests"
    is_personal = True
    list_display = ("request", "key", "state", "attempts", "next_at", "ended_at")
    list_select_related = ("request",)


@admin.register(CoreAttempt)
class CoreAttemptAdmin(ScopedAdmin):
    resource = "service-requests"
    is_personal = True
    list_display = ("message", "number", "at", "status", "milliseconds", "said")
    list_select_related = ("message",)
