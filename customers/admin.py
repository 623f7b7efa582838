"""Read-only: customers are changed on their pages. Contact data are shown nowhere here."""

from django.contrib import admin

import customers.cards.admin
import customers.companies.admin
import customers.privacy.admin
import customers.voice.admin  # noqa: F401  they register theirs
from crm.base.admin_site import ScopedAdmin
from customers import admin_papers  # noqa: F401  registers its own
from customers.models import (
    Account,
    Consent,
    Customer,
    Duplicate,
    ExchangeRate,
    FeeCharge,
    Feed,
    FeedClosing,
    FeeType,
    FieldCheck,
    Flag,
    ImportBatch,
    ImportProfile,
    Interaction,
    Merge,
    Origin,
    Product,
    RiskAssessment,
    StatementPrint,
)
from customers.preferences import admin as preferences_admin  # noqa: F401  registers its own


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


@admin.register(ImportBatch)
class ImportBatchAdmin(ScopedAdmin):
    resource = "imports"
    list_display = ("filename", "kind", "rows", "accepted", "rejected", "unchanged", "uploaded_by")
    list_filter = ("kind",)
    list_select_related = ("uploaded_by",)
    exclude = ("file", "survey")


@admin.register(ImportProfile)
class ImportProfileAdmin(ScopedAdmin):
    resource = "import-profiles"
    list_display = ("name", "kind", "changed_at", "changed_by", "created_at", "created_by")
    list_filter = ("kind",)
    list_select_related = ("changed_by", "created_by")


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


@admin.register(StatementPrint)
class StatementPrintAdmin(ScopedAdmin):
    resource = "statements"
    is_personal = True
    list_display = ("number", "customer", "account", "since", "until", "copy", "printed_at", "by", "branch")
    list_select_related = ("customer", "account", "by", "branch")
    raw_id_fields = ("customer", "account", "by")


@admin.register(Duplicate)
class DuplicateAdmin(ScopedAdmin):
    resource = "duplicates"
    is_personal = True
    list_display = ("first", "second", "score", "state", "found_at", "closed_by")
    list_filter = ("state",)
    list_select_related = ("first", "second", "closed_by")
    raw_id_fields = ("first", "second", "closed_by")


@admin.register(Merge)
class MergeAdmin(ScopedAdmin):
    resource = "merges"
    is_personal = True
    list_display = ("absorbed", "survivor", "at", "by", "reason", "undone_at", "undone_by")
    list_select_related = ("survivor", "absorbed", "by", "undone_by")
    raw_id_fields = ("survivor", "absorbed", "by", "undone_by")


@admin.register(Origin)
class OriginAdmin(ScopedAdmin):
    resource = "customers"
    is_personal = True
    list_display = ("customer", "how", "referred_by", "said_on")
    list_select_related = ("customer", "referred_by")
    raw_id_fields = ("customer", "referred_by")


@admin.register(FieldCheck)
class FieldCheckAdmin(ScopedAdmin):
    resource = "customers"
    is_personal = True
    list_display = ("customer", "field", "confirmed_on", "asked_at", "by")
    list_select_related = ("customer", "by")
    raw_id_fields = ("customer", "by")
