from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from segmentation.models import FreeAccount


@admin.register(FreeAccount)
class FreeAccountAdmin(ScopedAdmin):
    resource = "free-accounts"
    is_personal = True
    list_display = ("customer", "account", "since", "until", "named_by")
    list_select_related = ("customer", "account", "named_by")
