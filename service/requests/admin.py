from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from service.models import RequestForm, RequestStep, ServiceRequest


@admin.register(RequestForm)
class RequestFormAdmin(ScopedAdmin):
    resource = "request-forms"
    list_display = ("code", "number", "effective_from", "published_by")
    list_select_related = ("published_by",)


@admin.register(ServiceRequest)
class ServiceRequestAdmin(ScopedAdmin):
    resource = "service-requests"
    is_personal = True
    list_display = ("__str__", "customer", "form", "state", "execute_on", "requested_by", "authorised_by")
    list_select_related = ("customer", "requested_by", "authorised_by")


@admin.register(RequestStep)
class RequestStepAdmin(ScopedAdmin):
    resource = "service-requests"
    is_personal = True
    list_display = ("request", "at", "by", "state")
    list_select_related = ("request", "by")
