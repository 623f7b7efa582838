from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.errors import RuleBroken
from customers import tasks
from customers.imports import uploads
from customers.imports.errors import listed
from customers.imports.forms import CODINGS, kind_choices
from customers.imports.mapping.profiles import profile_of
from customers.models import ImportBatch


class ImportSerializer(serializers.ModelSerializer):
    """`rows` are accepted or rejected; unchanged ones are among the accepted. `refused` says why no row was taken."""

    status = serializers.CharField(source="run.status", read_only=True)
    message = serializers.CharField(source="run.message", read_only=True)
    dry_run = serializers.BooleanField(source="is_dry_run", read_only=True)
    refused = serializers.CharField(source="refused_code", read_only=True)
    profile = serializers.SlugRelatedField(slug_field="name", read_only=True, allow_null=True)
    uploaded_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    created_at = serializers.DateTimeField(source="run.created_at", read_only=True)
    finished_at = serializers.DateTimeField(source="run.finished_at", read_only=True, allow_null=True)

    class Meta:
        model = ImportBatch
        fields = [
            *("id", "run", "kind", "filename", "encoding", "profile", "dry_run", "close_through", "status", "message"),
            "refused",
            *("rows", "accepted", "rejected", "unchanged", "uploaded_by", "created_at", "finished_at"),
        ]
        read_only_fields = fields


class ImportErrorSerializer(serializers.Serializer):
    """`row` is the physical line where the record starts, the header being 1; `value` is masked."""

    row = serializers.IntegerField()
    column = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()
    value = serializers.CharField()


class ImportDetailSerializer(ImportSerializer):
    """With its first thousand errors."""

    errors = serializers.SerializerMethodField()  # type: ignore[assignment]  # a field: the metaclass takes it out

    class Meta(ImportSerializer.Meta):
        fields = [*ImportSerializer.Meta.fields, "errors"]
        read_only_fields = fields

    @extend_schema_field(ImportErrorSerializer(many=True))
    def get_errors(self, batch: ImportBatch) -> list[dict[str, Any]]:
        return list(ImportErrorSerializer(listed(batch.run), many=True).data)


class UploadSerializer(serializers.Serializer):
    """A file to be taken in. `encoding` only where it can be read in more than one; `profile` maps its columns by name."""

    kind = serializers.CharField()
    file = serializers.FileField()
    encoding = serializers.ChoiceField(choices=[name for name, _label in CODINGS if name], required=False, default="")
    profile = serializers.CharField(
        required=False, default="", allow_blank=True, help_text="The name of one of import-profiles/."
    )
    dry_run = serializers.BooleanField(required=False, default=False)
    close_through = serializers.DateField(required=False, default=None, help_text="The feed is complete through it.")

    def validate_kind(self, kind: str) -> str:
        names = [name for name, _label in kind_choices()]
        if kind not in names:
            raise serializers.ValidationError(f"{kind}: {', '.join(names)}")
        return kind

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """The profile itself in place of its name."""
        name = said.pop("profile")
        try:
            return said | ({"profile": profile_of(said["kind"], name)} if name else {})
        except RuleBroken as unknown:
            raise serializers.ValidationError({"profile": [str(unknown)]}) from unknown

    def create(self, validated_data: dict[str, Any]) -> ImportBatch:
        """A program has looked at its file already: it is taken in as soon as a worker is free."""
        batch = uploads.upload(**validated_data)
        uploads.confirm(batch=batch, by=validated_data["by"], ring=tasks.ring)
        return batch
