"""`customer` is a customer's number. Numbers are written in full and read masked; `reveal/` tells one for a reason."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.documents import services
from customers.documents.tables import state_of
from customers.masking import national_id
from customers.models import Customer, Document, DocumentImage


@extend_schema_field(serializers.CharField())
class NumberField(serializers.CharField):
    def to_representation(self, value: str) -> str:
        return national_id(value)


class ImageSerializer(serializers.ModelSerializer):
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = DocumentImage
        fields = ["id", "side", "content_type", "size", "added_at", "by"]
        read_only_fields = fields


class DocumentSerializer(serializers.ModelSerializer):
    """`valid_until` is the last day, null for a document without end. `holder`, `identified_by` and `share` (a fraction) are of a
    company's people alone; `mrz` is the foot of a passport, tested and not kept. `state` is in words, `state_code` in one of
    `valid`, `ends_soon`, `expired`, or as `closed_as`."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    number = NumberField(max_length=40)
    holder = serializers.CharField(max_length=120, required=False, allow_blank=True)
    valid_until = serializers.DateField(allow_null=True)
    share = serializers.DecimalField(max_digits=5, decimal_places=4, required=False, allow_null=True)
    mrz = serializers.CharField(max_length=200, required=False, allow_blank=True, write_only=True)
    state = serializers.SerializerMethodField()
    state_code = serializers.SerializerMethodField()
    images = ImageSerializer(many=True, read_only=True)
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    closed_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Document
        fields = [
            *("id", "customer", "type", "number", "holder", "identified_by", "share", "issuer", "valid_from"),
            *("valid_until", "mrz", "state", "state_code", "images", "replaces", "recorded_at", "by"),
            *("closed_at", "closed_by", "closed_as", "closed_because"),
        ]
        read_only_fields = ["replaces", "recorded_at", "closed_at", "closed_as", "closed_because"]

    def get_state(self, document: Document) -> str:
        return state_of(document, timezone.localdate())[0]

    def get_state_code(self, document: Document) -> str:
        return document.closed_as or document.validity(timezone.localdate()).value

    def create(self, validated_data: dict[str, Any]) -> Document:
        return services.record_document(**validated_data, at=timezone.now())


class RenewSerializer(serializers.Serializer):
    """Without a number it is the same one; what is left out of the rest is as it was."""

    number = serializers.CharField(max_length=40, required=False, allow_blank=True)
    holder = serializers.CharField(max_length=120, required=False)
    identified_by = serializers.ChoiceField(choices=Document.IDENTIFYING, required=False)
    share = serializers.DecimalField(max_digits=5, decimal_places=4, required=False, allow_null=True)
    issuer = serializers.CharField(max_length=120, required=False, allow_blank=True)
    valid_from = serializers.DateField(required=False, allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    mrz = serializers.CharField(max_length=200, required=False, allow_blank=True)


class CloseSerializer(serializers.Serializer):
    closed_as = serializers.ChoiceField(
        choices=[choice for choice in Document.Closing.choices if choice[0] != Document.Closing.REPLACED]
    )
    because = serializers.CharField(max_length=300)


class LookReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=200)


class NumberSerializer(serializers.Serializer):
    number = serializers.CharField()


class ImageUploadSerializer(serializers.Serializer):
    side = serializers.ChoiceField(choices=DocumentImage.Side.choices, default=DocumentImage.Side.FRONT)
    file = serializers.FileField()
