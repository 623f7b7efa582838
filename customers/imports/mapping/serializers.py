from typing import Any

from rest_framework import serializers

from customers.imports.mapping import profiles
from customers.models import ImportProfile


class ImportProfileSerializer(serializers.ModelSerializer):
    """`columns` is `{column of the file: {"field", "values", "date_form", "number_form"}}`; a column with an empty field is left
    out. `values` are words of the file and what they become; date forms are iso, ymd, dmy, mdy, number forms point, grouped,
    comma, wan."""

    columns = serializers.DictField(child=serializers.DictField())
    created_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    changed_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = ImportProfile
        fields = ["id", "kind", "name", "columns", "created_by", "created_at", "changed_by", "changed_at"]
        read_only_fields = ["created_at", "changed_at"]
        validators: list[Any] = []  # a name that is taken is the service's refusal

    def create(self, validated_data: dict[str, Any]) -> ImportProfile:
        return profiles.create_profile(**validated_data)


class ImportProfileChangeSerializer(ImportProfileSerializer):
    """A profile stays of its kind."""

    class Meta(ImportProfileSerializer.Meta):
        read_only_fields = ["kind", "created_at", "changed_at"]

    def update(self, instance: ImportProfile, validated_data: dict[str, Any]) -> ImportProfile:
        return profiles.change_profile(profile=instance, **validated_data)
