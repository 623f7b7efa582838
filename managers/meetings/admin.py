from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Meeting


@admin.register(Meeting)
class MeetingAdmin(ScopedAdmin):
    resource = "meetings"
    is_personal = True
    list_display = ("customer", "manager", "starts_at", "channel", "cancelled_at")
    list_select_related = ("customer", "manager")
