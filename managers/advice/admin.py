from django.contrib import admin

from crm.base.admin_site import ScopedAdmin
from managers.models import Advice, AdviceAnswer, AdviceLine, AdviceVersion


@admin.register(Advice)
class AdviceAdmin(ScopedAdmin):
    resource = "advice"
    is_personal = True
    list_display = ("begun_at", "customer", "begun_by", "version")
    list_select_related = ("customer", "begun_by")
    raw_id_fields = ("customer", "begun_by")


@admin.register(AdviceVersion)
class AdviceVersionAdmin(ScopedAdmin):
    resource = "advice"
    list_display = ("advice", "number", "amount", "currency", "level", "handed_on", "review_on", "by")
    list_select_related = ("advice", "by")
    raw_id_fields = ("advice", "by")


@admin.register(AdviceLine)
class AdviceLineAdmin(ScopedAdmin):
    resource = "advice"
    list_display = ("of", "place", "product", "amount", "percent", "risk")
    list_select_related = ("of", "product")
    raw_id_fields = ("of",)


@admin.register(AdviceAnswer)
class AdviceAnswerAdmin(ScopedAdmin):
    resource = "advice"
    list_display = ("of", "outcome", "channel", "answered_on", "by")
    list_select_related = ("of", "by")
    raw_id_fields = ("of", "by")
