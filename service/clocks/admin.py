from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import ServiceLevels


@admin.register(ServiceLevels)
class ServiceLevelsAdmin(ScopedAdmin):
    resource = "service-levels"
    list_display = ("number", "effective_from", "published_at", "published_by")
    list_select_related = ("published_by",)
