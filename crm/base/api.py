"""The scoped viewset: what somebody may not see is not there, and nobody overwrites what they have not read."""

import hashlib
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.cache import patch_cache_control, patch_vary_headers
from rest_framework import mixins
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from crm.base.problems import PreconditionFailed, PreconditionRequired
from crm.base.signals import read
from crm.base.slots import contributions


class Private(APIView):
    """Answers that no cache on the way may keep, nor give to somebody else.

    Slot "api.post": callables `(request, handler) -> Response` that answer a POST with an `Idempotency-Key`. What a POST that
    `only_reads` tells is kept nowhere.
    """

    only_reads = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        handler = getattr(self, "post", None)
        if request.method == "POST" and handler and not self.only_reads and "Idempotency-Key" in request.headers:
            for answer_once in contributions("api.post"):
                self.post = partial(answer_once, handler=handler)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response


class ScopedView(Private, GenericViewSet):
    """Rows through `visible_to(user)`. `unscoped` says why a table that belongs to no customer needs none."""

    lookup_value_converter = "int"
    resource = ""
    unscoped = ""
    ordering = ""
    ordering_fields: dict[str, str | tuple[str, ...]] = {}
    queryset: QuerySet

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows.none()
        return rows if self.unscoped else rows.visible_to(self.request.user)

    def announce(self, obj: Any, **more: Any) -> None:
        """Somebody looked: the audit trail keeps it."""
        read.send(type(obj), user=self.request.user, obj=obj, what=f"{self.resource}.{self.action}", **more)

    def answer(self, serializer: BaseSerializer, **kwargs: Any) -> Response:
        """One object, with the ETag by which it can be changed."""
        headers = {"ETag": etag(serializer)} | kwargs.pop("headers", {})
        return Response(serializer.data, headers=headers, **kwargs)


class ScopedViewSet(mixins.ListModelMixin, ScopedView):
    """Lists and shows."""

    announces_reads = False

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        response = self.answer(self.get_serializer(found))
        if self.announces_reads:
            self.announce(found)
        if response["ETag"] in request.headers.get("If-None-Match", ""):
            return Response(status=304, headers={"ETag": response["ETag"]})
        return response


class Creates:
    """POST on the list: the serializer's `create` calls a service, with `by`."""

    @transaction.atomic
    def create(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        serializer.save(by=request.user)
        location = f"{request.build_absolute_uri(request.path)}{serializer.instance.pk}/"
        return self.answer(serializer, status=201, headers={"Location": location})


class Changes:
    """PATCH of what was read: the serializer's `update` calls services, with `by`, all in one transaction."""

    @transaction.atomic
    def partial_update(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        locked = type(found)._default_manager.select_for_update(of=("self",), no_key=True)
        found.refresh_from_db(from_queryset=locked)
        must_match(request, etag(self.get_serializer(found)))
        serializer = self.get_serializer(found, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        serializer.save(by=request.user)
        return self.answer(serializer)


class Deletes:
    """DELETE of what was read: `perform_delete(found, by)` calls a service."""

    @transaction.atomic
    def destroy(self: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        locked = type(found)._default_manager.select_for_update(of=("self",), no_key=True)
        found.refresh_from_db(from_queryset=locked)
        must_match(request, etag(self.get_serializer(found)))
        self.perform_delete(found, by=request.user)
        return Response(status=204)


def etag(serializer: BaseSerializer) -> str:
    """The version where a row counts its changes, else a digest of what is shown."""
    version = getattr(serializer.instance, "version", None)
    if version is not None:
        return f'"{version}"'
    return f'"{hashlib.sha256(JSONRenderer().render(serializer.data)).hexdigest()[:20]}"'


def must_match(request: Request, current: str) -> None:
    """428 where the client doesn't say what it read, 412 where that is not what is there."""
    sent = request.headers.get("If-Match")
    if sent is None:
        raise PreconditionRequired
    if sent.strip() != "*" and current not in [tag.strip() for tag in sent.split(",")]:
        raise PreconditionFailed
