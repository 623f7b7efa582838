from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers


class RowSerializer(serializers.Serializer):
    """`key` names the row where it is laid aside; `customer` is a number; `source_on` the day that the reason is of."""

    key = serializers.CharField()
    kind = serializers.CharField(source="source.kind")
    customer = serializers.CharField(source="customer.number", default=None, allow_null=True)
    tier = serializers.CharField(source="tier_code")
    reason = serializers.CharField()
    due_on = serializers.DateField()
    source_on = serializers.DateField(allow_null=True)
    score = serializers.IntegerField()
    url = serializers.CharField()


class DaySerializer(serializers.Serializer):
    """`total` rows, of which `results` are the most pressing, 200 at most."""

    total = serializers.IntegerField()
    results = RowSerializer(many=True, source="rows")


class SnoozeSerializer(serializers.Serializer):
    key = serializers.CharField(max_length=96)
    until = serializers.DateField()


class DismissSerializer(serializers.Serializer):
    key = serializers.CharField(max_length=96)
    reason = serializers.CharField(max_length=300)


class BriefSerializer(serializers.Serializer):
    """What to know before a meeting: sections of lines, in the language that is asked for."""

    customer = serializers.CharField()
    number = serializers.CharField()
    sections = serializers.SerializerMethodField()

    def get_sections(self, brief: Any) -> list[dict[str, Any]]:
        return [{"title": str(each.title), "lines": [str(line) for line in each.lines]} for each in brief.sections]


def no_row() -> serializers.ValidationError:
    return serializers.ValidationError({"key": _("Nothing by this key stands on your day.")})
