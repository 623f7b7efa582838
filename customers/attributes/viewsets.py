from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Changes, Creates, Deletes, ScopedViewSet
from customers import tasks
from customers.attributes import services
from customers.attributes.filters import AttributeFilter
from customers.attributes.removing import delete_attribute
from customers.attributes.serializers import AttributeSerializer
from customers.models import Attribute


class AttributeViewSet(Creates, Changes, Deletes, ScopedViewSet):
    """What the bank declared; the values are `attributes` of `customers/`. One that is deleted is gone at once, its values are
    taken away in the background: until then its `code` is not free."""

    resource = "custom-attributes"
    unscoped = "a declaration tells of no customer"
    request: Any  # of someone signed in
    queryset = Attribute.objects.standing()
    serializer_class = AttributeSerializer
    filterset_class = AttributeFilter
    ordering_fields = {"code": "code"}
    ordering = "code"

    def perform_delete(self, found: Attribute, *, by: Any) -> None:
        delete_attribute(attribute=found, by=by, at=timezone.now(), ring=tasks.ring_attributes)

    @extend_schema(request=None, responses=AttributeSerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Offered nowhere any more; values and the rules that use it stay."""
        services.retire_attribute(attribute=self.get_object(), by=self.request.user, at=timezone.now())
        return self.answer(self.get_serializer(self.get_object()))


ROUTES = (("custom-attributes", AttributeViewSet, "custom-attributes"),)
