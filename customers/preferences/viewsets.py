from typing import Any

from django.utils import timezone

from crm.base.api import Creates, Deletes, ScopedViewSet
from customers.models import Preference
from customers.preferences.filters import PreferenceFilter
from customers.preferences.serializers import PreferenceSerializer
from customers.preferences.services import end_preference


class PreferenceViewSet(Deletes, Creates, ScopedViewSet):
    """What is known of how customers want to be treated, and was; the newest first.

    Tellers and agents see form of address, language, channel and time.
    """

    resource = "preferences"
    queryset = Preference.objects.select_related("customer", "by", "ended_by")
    serializer_class = PreferenceSerializer
    filterset_class = PreferenceFilter
    ordering_fields = {"recorded_at": "recorded_at"}
    ordering = "-recorded_at"

    def perform_delete(self, found: Preference, by: Any) -> None:
        end_preference(preference=found, by=by, at=timezone.now())


ROUTES = (("preferences", PreferenceViewSet, "preferences"),)
