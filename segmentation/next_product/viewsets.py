from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.api import Creates, Private, ScopedViewSet
from crm.base.signals import read
from customers.models import Customer
from segmentation.decisions.viewset import CUSTOMER
from segmentation.models import ProductAnswer, ProductOffer
from segmentation.next_product.filters import AnswerFilter, OfferFilter
from segmentation.next_product.serializers import ProductAnswerSerializer, ProductOfferSerializer, ShownSerializer
from segmentation.next_product.showing import shown_of


class OfferViewSet(ScopedViewSet):
    """Every version of every offer, the newest first."""

    resource = "product-offers"
    unscoped = "which products are offered is no secret inside the bank"
    queryset = ProductOffer.objects.select_related("product")
    serializer_class = ProductOfferSerializer
    filterset_class = OfferFilter
    ordering_fields = {"id": "id"}
    ordering = "-id"


class AnswerViewSet(Creates, ScopedViewSet):
    resource = "product-answers"
    queryset = ProductAnswer.objects.select_related("customer", "product", "by")
    serializer_class = ProductAnswerSerializer
    filterset_class = AnswerFilter
    ordering_fields = {"at": "at"}
    ordering = "-at"


class CustomerNextProducts(Private):
    """At most three, of the newest closed month, each with the reason and whether it may be offered now."""

    resource = "customers"

    @extend_schema(parameters=[CUSTOMER], responses=ShownSerializer(many=True))
    def get(self, request: Request, customer_id: int, **kwargs: Any) -> Response:
        customer = get_object_or_404(Customer.objects.visible_to(request.user), pk=customer_id)
        found = shown_of(customer, timezone.now())
        read.send(Customer, user=request.user, obj=customer, what="customers.next-products")
        return Response(ShownSerializer(found, many=True).data)


ROUTES = (
    ("product-offers", OfferViewSet, "product-offers"),
    ("product-answers", AnswerViewSet, "product-answers"),
)
PATHS = (
    path("customers/<int:customer_id>/next-products/", CustomerNextProducts.as_view(), name="customer-next-products"),
)
