from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import ServiceLevels


class DatedVersionAdmin(ScopedAdmin):
    list_display = ("number", "effective_from", "published_at", "published_by")
    list_select_related = ("published_by",)


@admin.register(ServiceLevels)
class ServiceLevelsAdmin(DatedVersionAdmin):
    resource = "service-levels"
