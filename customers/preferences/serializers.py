from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from customers.contacting.serializers import OfCustomerSerializer
from customers.models import Preference
from customers.preferences.services import note_preference
from customers.preferences.words import said


class PreferenceSerializer(OfCustomerSerializer):
    """`value` is a word of the list of its kind or one's own words, `words` the same in the language of the request.

    A POST takes the place of what it contradicts; a DELETE says that it holds no longer. Both stay in the history.
    """

    ended_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    words = serializers.SerializerMethodField()

    class Meta:
        model = Preference
        fields = [
            *("id", "customer", "kind", "value", "words", "source", "learnt_on", "by", "recorded_at"),
            *("ended_at", "ended_by"),
        ]
        read_only_fields = ["recorded_at", "ended_at"]

    @extend_schema_field(str)
    def get_words(self, preference: Preference) -> str:
        return said(preference.kind, preference.value)

    def create(self, validated_data: dict[str, Any]) -> Preference:
        return note_preference(**validated_data, at=timezone.now())
