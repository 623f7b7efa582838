from rest_framework import serializers

from crm.audit.models import Event


class EventSerializer(serializers.ModelSerializer):
    class Meta:
        model = Event
        fields = [
            "id",
            "at",
            "kind",
            "action",
            "actor_id",
            "actor_label",
            "object_type",
            "object_id",
            "object_label",
            "customer_id",
            "request_id",
            "data",
        ]
