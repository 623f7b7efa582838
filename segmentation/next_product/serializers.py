from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.models import Customer, Interaction
from segmentation.models import ProductAnswer, ProductOffer, Suggestion
from segmentation.next_product.definition import readable
from segmentation.next_product.saying import said_of
from segmentation.next_product.services import answer_suggestion


class ProductOfferSerializer(serializers.ModelSerializer):
    """`content` is the offer as in a policy file; `sentence` says in the language of the request to whom."""

    product = serializers.SlugRelatedField(slug_field="code", read_only=True)
    sentence = serializers.SerializerMethodField()

    class Meta:
        model = ProductOffer
        fields = ["id", "product", "number", "effective_from", "content", "sentence", "published_at"]

    @extend_schema_field(str)
    def get_sentence(self, version: ProductOffer) -> str:
        offer = readable(version.content)
        return said_of(offer) if offer else ""


class ShownSerializer(serializers.Serializer):
    """A suggestion with its reason as figures: `holding` of the `asked` similar customers who hold `basis` hold it too.

    `channels` are those by which it may be offered now; where there is none, `against` says why. `said` is the newest answer.
    """

    id = serializers.IntegerField(source="suggestion.pk")
    month = serializers.DateField(source="suggestion.month")
    rank = serializers.IntegerField(source="suggestion.rank")
    product = serializers.CharField(source="suggestion.product.code")
    name = serializers.CharField(source="suggestion.product.name")
    risk = serializers.IntegerField(source="suggestion.product.risk")
    basis = serializers.CharField(source="suggestion.affinity.basis.code", default=None, allow_null=True)
    holding = serializers.IntegerField(source="suggestion.affinity.holding")
    asked = serializers.IntegerField(source="suggestion.affinity.asked")
    reason = serializers.CharField()
    against = serializers.CharField()
    channels = serializers.ListField(child=serializers.ChoiceField(Interaction.Channel.choices))
    said = serializers.CharField()


class ProductAnswerSerializer(serializers.ModelSerializer):
    """POST answers the customer's suggestion of that product in the newest closed month."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    product = serializers.CharField(source="product.code")
    by = serializers.SlugRelatedField(slug_field="username", read_only=True, allow_null=True)
    is_found = serializers.SerializerMethodField()
    again_on = serializers.DateField(required=False, write_only=True)

    class Meta:
        model = ProductAnswer
        fields = [
            *("id", "customer", "product", "answer", "reason", "note", "channel", "at", "by", "rests_until"),
            *("is_found", "again_on"),
        ]
        read_only_fields = ["at", "rests_until"]
        extra_kwargs = {"channel": {"required": True, "allow_blank": False}}

    @extend_schema_field(bool)
    def get_is_found(self, answer: ProductAnswer) -> bool:
        """Whether nobody said it: the account was found to have opened."""
        return answer.account_id is not None

    def create(self, validated_data: dict[str, Any]) -> ProductAnswer:
        customer, code = validated_data.pop("customer"), validated_data.pop("product")["code"]
        rows = Suggestion.objects.newest().select_related("customer")
        suggestion = get_object_or_404(rows, customer=customer, product__code=code)
        return answer_suggestion(suggestion=suggestion, at=timezone.now(), **validated_data)
