from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Target


@admin.register(Target)
class TargetAdmin(ScopedAdmin):
    resource = "targets"
    list_display = ("whom", "kind", "product", "since", "until", "amount", "currency")
    list_filter = ("kind",)
    list_select_related = ("manager", "team", "branch", "product")
    raw_id_fields = ("manager", "team", "branch", "product", "set_by")
