from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import LaidAside


@admin.register(LaidAside)
class LaidAsideAdmin(ScopedAdmin):
    """What a manager did not do, and why."""

    resource = "laid-aside"
    is_personal = True
    list_display = ("at", "manager", "customer", "key", "until", "reason")
    list_select_related = ("manager", "customer")
