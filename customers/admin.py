"""Read-only: customers are changed on their pages. Contact data are shown nowhere here."""

from django.contrib import admin

from crm.base.admin_site import ScopedAdmin, register_rooms
from customers.models import (
    Account,
    Consent,
    Customer,
    ExchangeRate,
    FeeCharge,
    Feed,
    FeedClosing,
    FeeType,
    Flag,
    Interaction,
    Product,
    RiskAssessment,
)

register_rooms("customers")


@admin.register(Customer)
class CustomerAdmin(ScopedAdmin):
    resource = "customers"
    is_personal = True
    list_display = ("number", "name", "kind", "branch", "manager", "status")
    list_filter = ("kind", "status")
    list_select_related = ("branch", "manager")
    search_fields = ("number",)


@admin.register(Account)
class AccountAdmin(ScopedAdmin):
    resource = "accounts"
    is_personal = True
    list_display = ("number", "product", "currency", "branch", "opened_on", "closed_on")
    list_select_related = ("product", "branch")
    search_fields = ("number",)


@admin.register(Interaction)
class InteractionAdmin(ScopedAdmin):
    resource = "interactions"
    is_personal = True
    list_display = ("at", "customer", "channel", "purpose", "outcome", "by")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by")


@admin.register(FeeCharge)
class FeeChargeAdmin(ScopedAdmin):
    resource = "fee-charges"
    is_personal = True
    list_display = ("number", "account", "fee", "charged_on", "amount", "waived")
    list_select_related = ("account", "fee")
    search_fields = ("number",)


@admin.register(Product)
class ProductAdmin(ScopedAdmin):
    resource = "branches"
    list_display = ("code", "name", "family", "currency", "risk", "coefficient")


@admin.register(FeeType)
class FeeTypeAdmin(ScopedAdmin):
    resource = "branches"
    list_display = ("code", "name")


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ScopedAdmin):
    resource = "branches"
    list_display = ("on", "currency", "rate")
    list_filter = ("currency",)


@admin.register(Feed)
class FeedAdmin(ScopedAdmin):
    resource = "imports"
    list_display = ("kind", "closed_through")


@admin.register(FeedClosing)
class FeedClosingAdmin(ScopedAdmin):
    resource = "imports"
    list_display = ("feed", "through", "rows", "total", "closed_at", "by_label")
    list_select_related = ("feed",)


@admin.register(RiskAssessment)
class RiskAssessmentAdmin(ScopedAdmin):
    resource = "risk-assessments"
    is_personal = True
    list_display = ("customer", "level", "assessed_on", "by")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by")


@admin.register(Consent)
class ConsentAdmin(ScopedAdmin):
    resource = "consents"
    is_personal = True
    list_display = ("customer", "purpose", "channel", "wording", "given_at", "withdrawn_at")
    list_select_related = ("customer",)
    raw_id_fields = ("customer", "by")


@admin.register(Flag)
class FlagAdmin(ScopedAdmin):
    resource = "flags"
    is_personal = True
    list_display = ("customer", "kind", "since", "until", "source")
    list_select_related = ("customer",)
    raw_id_fields = ("customer", "by")
