from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, ScopedViewSet
from crm.base.serializers import ScopedSlug
from crm.identity.models import User
from customers.models import Customer
from service.models import Booking, Room
from service.reception import services
from service.reception.tables import BookingFilter


class RoomSerializer(serializers.ModelSerializer):
    branch = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Room
        fields = ["id", "branch", "name", "is_used"]
        read_only_fields = fields


class BookingSerializer(serializers.ModelSerializer):
    """POST books: `manager` is a user name, `room` an id, for so many `minutes`."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all(), source="meeting.customer")
    manager = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(role=User.Role.MANAGER), source="meeting.manager"
    )
    room = serializers.PrimaryKeyRelatedField(queryset=Room.objects.all())
    branch = serializers.CharField(source="room.branch.code", read_only=True)
    subject = serializers.CharField(source="meeting.subject", max_length=120, required=False, allow_blank=True)
    minutes = serializers.IntegerField(write_only=True)

    class Meta:
        model = Booking
        fields = [
            *("id", "customer", "manager", "branch", "room", "starts_at", "ends_at", "minutes", "subject", "state"),
            *("arrived_at", "moved_from", "version"),
        ]
        read_only_fields = ["ends_at", "state", "arrived_at", "moved_from", "version"]
        validators: list[Any] = []

    def create(self, validated_data: dict[str, Any]) -> Booking:
        meeting = validated_data.pop("meeting")
        return services.book(at=timezone.now(), **meeting, **validated_data)


class BookingReadSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=1)


class BookingCancelSerializer(BookingReadSerializer):
    reason = serializers.CharField(max_length=300)


class BookingMoveSerializer(BookingReadSerializer):
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField()
    room = serializers.PrimaryKeyRelatedField(queryset=Room.objects.all())


class RoomViewSet(ScopedViewSet):
    """Where customers are received."""

    resource = "rooms"
    queryset = Room.objects.select_related("branch")
    serializer_class = RoomSerializer
    ordering_fields = {"name": "name"}
    ordering = "name"


class BookingViewSet(Creates, ScopedViewSet):
    """Bookings of a manager and a room; `move` answers with the new one."""

    request: Any  # of someone signed in
    resource = "bookings"
    announces_reads = True
    queryset = Booking.objects.select_related("meeting__customer", "meeting__manager", "room__branch")
    serializer_class = BookingSerializer
    filterset_class = BookingFilter
    ordering_fields = {"starts_at": "starts_at"}
    ordering = "-starts_at"

    def _done(
        self, verb: Callable[..., Booking], kind: type[BookingReadSerializer] = BookingReadSerializer
    ) -> Response:
        asked = kind(data=self.request.data)
        asked.is_valid(raise_exception=True)
        found = verb(booking=self.get_object(), by=self.request.user, at=timezone.now(), **asked.validated_data)
        return self.answer(self.get_serializer(self.get_queryset().get(pk=found.pk)))

    @extend_schema(request=BookingReadSerializer, responses=BookingSerializer)
    @action(detail=True, methods=["post"])
    def arrive(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.arrive)

    @extend_schema(request=BookingReadSerializer, responses=BookingSerializer)
    @action(detail=True, methods=["post"])
    def miss(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.miss)

    @extend_schema(request=BookingCancelSerializer, responses=BookingSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.cancel, BookingCancelSerializer)

    @extend_schema(request=BookingMoveSerializer, responses=BookingSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._done(services.move, BookingMoveSerializer)
