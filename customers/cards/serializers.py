from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from crm.identity.models import Branch
from crm.identity.scope import scope_of
from customers.cards.orders import order_card
from customers.masking import account_number
from customers.models import Account, BlankMovement, BlankStock, CardDesign, CardOrder, Customer, Spoilage


class CardDesignSerializer(serializers.ModelSerializer):
    class Meta:
        model = CardDesign
        fields = ["id", "code", "name", "is_gold", "is_offered"]


class CardOrderSerializer(serializers.ModelSerializer):
    """`is_confirmed` says that the customer has read `embossed_name` as it will stand there. Of an order of the own branch for
    a customer out of reach, `customer` is null and `account` masked."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    account = ScopedSlug(slug_field="number", queryset=Account.objects.all())
    design = serializers.SlugRelatedField(slug_field="code", queryset=CardDesign.objects.all())
    branch = serializers.SlugRelatedField(slug_field="code", read_only=True)
    is_confirmed = serializers.BooleanField(write_only=True)
    ordered_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    printed_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    closed_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = CardOrder
        fields = [
            *("id", "number", "customer", "account", "design", "embossed_name", "is_confirmed", "branch", "state"),
            *("ordered_at", "ordered_by", "last_four", "core_reference", "printed_at", "printed_by", "slip"),
            *("closed_at", "closed_by", "reason"),
        ]
        read_only_fields = [
            *("state", "ordered_at", "last_four", "core_reference", "printed_at", "slip", "closed_at", "reason"),
        ]
        validators: list[Any] = []

    def to_representation(self, instance: CardOrder) -> dict[str, Any]:
        told = super().to_representation(instance)
        if scope_of(self.context["request"].user).opens(instance.customer):
            return told
        return told | {"customer": None, "account": account_number(instance.account.number)}

    def create(self, validated_data: dict[str, Any]) -> CardOrder:
        return order_card(at=timezone.now(), **validated_data)


class PrintedSerializer(serializers.Serializer):
    last_four = serializers.RegexField(r"^[0-9]{4}$")
    core_reference = serializers.CharField(max_length=19, required=False, default="", allow_blank=True)


class SlipSerializer(serializers.Serializer):
    slip = serializers.CharField(max_length=40)


class WhySerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class SpoilageSerializer(serializers.ModelSerializer):
    branch = serializers.SlugRelatedField("code", source="stock.branch", read_only=True)
    design = serializers.SlugRelatedField("code", source="stock.design", read_only=True)
    order = serializers.CharField(read_only=True, allow_null=True)
    reported_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    confirmed_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    taken_back_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    put_back_by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Spoilage
        fields = [
            *("id", "branch", "design", "order", "quantity", "reason", "reported_at", "reported_by"),
            *("confirmed_at", "confirmed_by", "taken_back_at", "taken_back_by", "taken_back_reason"),
            *("put_back_at", "put_back_by"),
        ]
        read_only_fields = ["reported_at", "confirmed_at", "taken_back_at", "put_back_at"]


class BlankMovementSerializer(serializers.ModelSerializer):
    to = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    order = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = BlankMovement
        fields = ["id", "kind", "change", "balance_after", "at", "by", "order", "to", "answers", "remark"]


class BlankStockSerializer(serializers.ModelSerializer):
    branch = serializers.SlugRelatedField(slug_field="code", read_only=True)
    design = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = BlankStock
        fields = ["id", "branch", "design", "balance"]


class ReceivedSerializer(serializers.Serializer):
    """`sent` is the id of the movement by which another branch has sent them to the own one; from the maker there is none."""

    design = serializers.SlugRelatedField(slug_field="code", queryset=CardDesign.objects.all())
    quantity = serializers.IntegerField(min_value=0)
    remark = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    sent = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True, default=None)

    def validate_sent(self, value: int | None) -> BlankMovement | None:
        if value is None:
            return None
        found = BlankMovement.objects.under_way_to(self.context["request"].user.branch_id).filter(pk=value).first()
        if found is None:
            raise serializers.ValidationError(_("This lot is not on its way to your branch."))
        return found


class SentSerializer(serializers.Serializer):
    to = serializers.SlugRelatedField(slug_field="code", queryset=Branch.objects.all())
    quantity = serializers.IntegerField(min_value=1)


class CountedSerializer(serializers.Serializer):
    counted = serializers.IntegerField(min_value=0)
    remark = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class SpoiltSerializer(WhySerializer):
    quantity = serializers.IntegerField(min_value=1)
