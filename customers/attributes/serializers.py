from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from customers.attributes.services import change_attribute, declare_attribute
from customers.attributes.values import plain
from customers.models import Attribute, Customer

STAYS = {"code", "type"}


@extend_schema_field(OpenApiTypes.OBJECT)
class AttributesField(serializers.DictField):
    """{code: value}, of what is known: numbers and amounts as strings, days in ISO form. Written, null clears."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def get_attribute(self, instance: Customer) -> list[dict[str, Any]]:
        told = getattr(instance, "attributes_told", None)
        if told is None:  # somebody's own instance, such as one that was just made
            rows = instance.attribute_values.filter(attribute__retired_at=None).select_related("attribute")
            cells = ("text", "number", "day", "truth")
            told = [
                {"code": row.attribute.code, "type": row.attribute.type} | {cell: getattr(row, cell) for cell in cells}
                for row in rows.order_by("attribute__code")
            ]
        return told

    def to_representation(self, value: list[dict[str, Any]]) -> dict[str, Any]:
        return {each["code"]: plain(each) for each in value}


class WordSerializer(serializers.Serializer):
    code = serializers.CharField(max_length=60)
    label = serializers.CharField(max_length=60, required=False)  # type: ignore[assignment]  # a field of that name
    label_zh = serializers.CharField(max_length=60, required=False)


class AttributeSerializer(serializers.ModelSerializer):
    """`field` is what files and rules call it. Code and type never change."""

    field = serializers.CharField(read_only=True)
    words = WordSerializer(many=True, required=False)

    class Meta:
        model = Attribute
        fields = [
            *("id", "code", "field", "label", "label_zh", "type", "sensitivity", "may_set_prices", "words"),
            *("created_at", "retired_at", "version"),
        ]
        read_only_fields = ["created_at", "retired_at", "version"]
        extra_kwargs = {"code": {"validators": []}}

    def create(self, validated_data: dict[str, Any]) -> Attribute:
        return declare_attribute(**validated_data)

    def update(self, instance: Attribute, validated_data: dict[str, Any]) -> Attribute:
        changes = {name: value for name, value in validated_data.items() if name not in STAYS}
        return change_attribute(attribute=instance, **changes)
