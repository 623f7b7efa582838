from rest_framework import serializers

from crm.jobs.models import Run


class RunSerializer(serializers.ModelSerializer):
    started_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Run
        fields = [
            *("id", "kind", "business_date", "status", "message", "started_by", "created_at", "started_at"),
            *("finished_at", "rows_total", "rows_done", "result"),
        ]
