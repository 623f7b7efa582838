from base64 import b64encode
from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework import serializers

from crm.base.serializers import Money, ScopedSlug
from customers.models import Account, Customer, StatementPrint
from customers.statements.forms import language_of
from customers.statements.services import print_statement


class StatementSerializer(serializers.ModelSerializer):
    """`pdf`, in base64, is in the answer that printed it and nowhere else: the next print is a copy."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    account = ScopedSlug(slug_field="number", queryset=Account.objects.all())
    currency = serializers.CharField(source="account.currency", read_only=True)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    opening = Money(currency="account.currency", read_only=True)
    closing = Money(currency="account.currency", read_only=True)
    by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    branch = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    pdf = serializers.SerializerMethodField()

    class Meta:
        model = StatementPrint
        fields = [
            *("id", "number", "customer", "account", "currency", "since", "until", "language", "copy", "lines"),
            *("opening", "closing", "printed_at", "by", "branch", "pdf"),
        ]
        read_only_fields = ["copy", "lines", "printed_at"]

    def get_pdf(self, printed: StatementPrint) -> str | None:
        pdf = getattr(printed, "pdf", None)
        return pdf and b64encode(pdf).decode()

    def create(self, validated_data: dict[str, Any]) -> StatementPrint:
        validated_data.setdefault("language", language_of(validated_data["customer"]))
        printed, pdf = print_statement(**validated_data, at=timezone.now())
        printed.pdf = pdf  # type: ignore[attr-defined]  # for this answer alone
        return printed
