from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.errors import RuleBroken
from crm.base.serializers import Money, ScopedSlug
from crm.identity.models import Branch, User
from crm.identity.scope import scope_of
from customers import services
from customers.attributes.serializers import AttributesField
from customers.attributes.services import set_attributes
from customers.contacts import KINDS, normalised
from customers.masking import masked
from customers.models import Contact, Customer, Origin
from customers.registering.services import register, say_origin


@extend_schema_field(serializers.CharField())
class ContactField(serializers.CharField):
    """Written in full, read masked: first three and last four, 138****1234."""

    def __init__(self, kind: str) -> None:
        super().__init__(required=False, allow_blank=True, max_length=500)
        self.kind = kind

    def get_attribute(self, instance: Customer) -> str:
        try:
            return getattr(instance.contact, self.kind)
        except Contact.DoesNotExist:
            return ""

    def to_representation(self, value: str) -> str:
        return masked(self.kind, value)

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        try:
            normalised(self.kind, text)
        except RuleBroken as refusal:
            raise serializers.ValidationError(str(refusal)) from refusal
        return text


class ReferredBy(ScopedSlug):
    """The number of the customer who brought this one, where they are in reach; null where not."""

    def __init__(self) -> None:
        rows = Customer.objects.all()
        super().__init__(
            source="origin.referred_by", slug_field="number", queryset=rows, required=False, allow_null=True
        )

    def use_pk_only_optimization(self) -> bool:
        return False

    def to_representation(self, obj: Customer) -> str | None:
        return obj.number if scope_of(self.context["request"].user).holds(obj) else None


# what an outline leaves out
HIDDEN = {
    **dict.fromkeys(("sex", "region", "occupation", "education"), ""),
    **dict.fromkeys(("birth_date", "annual_income", "origin", "referred_by")),
    "attributes": {},
}


class CustomerSerializer(serializers.ModelSerializer):
    """Fields are named as the columns of an import file; contact data come back masked."""

    branch = serializers.SlugRelatedField(
        slug_field="code", queryset=Branch.objects.all(), allow_null=True, required=False
    )
    manager = serializers.SlugRelatedField(
        slug_field="username",
        queryset=User.objects.filter(role=User.Role.MANAGER, is_active=True),
        allow_null=True,
        required=False,
    )
    merged_into = serializers.SerializerMethodField()
    annual_income = Money(currency="", allow_null=True, required=False, min_value=0)
    currency = serializers.SerializerMethodField()
    is_phone_shared = serializers.BooleanField(write_only=True, required=False)
    national_id = ContactField("national_id")
    phone = ContactField("phone")
    email = ContactField("email")
    address = ContactField("address")
    origin = serializers.ChoiceField(
        source="origin.how",
        choices=Origin.How.choices,
        required=False,
        allow_null=True,
        help_text="How the customer came.",
    )
    referred_by = ReferredBy()
    attributes = AttributesField()

    class Meta:
        model = Customer
        fields = [
            *("id", "number", "kind", "name", "sex", "birth_date", "region", "occupation", "education"),
            *("annual_income", "currency", *KINDS, "branch", "manager", "language", "preferred_channel"),
            *("origin", "referred_by"),
            *(
                "preferred_time",
                "status",
                "status_since",
                "merged_into",
                "attributes",
                "version",
                "created_at",
                "updated_at",
                "is_phone_shared",
            ),
        ]
        extra_kwargs = {"number": {"required": False, "validators": []}, "name": {"required": True}}
        read_only_fields = ["status_since", "version", "created_at", "updated_at"]

    def get_merged_into(self, customer: Customer) -> str | None:
        """The number of the record that stands, where it is in reach."""
        stands = customer.merged_into
        return stands.number if stands and scope_of(self.context["request"].user).holds(stands) else None

    def to_representation(self, customer: Customer) -> dict[str, Any]:
        """Who sees the customer in outline only is told how to speak with them, and who looks after them."""
        said: dict[str, Any] = super().to_representation(customer)
        if not scope_of(self.context["request"].user).opens(customer):
            said |= HIDDEN
        return said

    def get_currency(self, customer: Customer) -> str:
        return settings.CRM_BASE_CURRENCY

    def validate_number(self, number: str) -> str:
        if self.instance and number != self.instance.number:
            raise serializers.ValidationError(_("A customer's number never changes."))
        return number

    def create(self, validated_data: dict[str, Any]) -> Customer:
        contact, own = _taken(validated_data, KINDS), validated_data.pop("attributes", {})
        origin = validated_data.pop("origin", None) or {}
        made = register(**validated_data, **_said(origin), contact=contact, at=timezone.now())
        return set_attributes(customer=made, values=own, by=validated_data["by"]) if own else made

    def update(self, instance: Customer, validated_data: dict[str, Any]) -> Customer:
        """Each kind of change goes through its own service, all in the transaction of the request."""
        by, today = validated_data.pop("by"), timezone.localdate()
        contact = _taken(validated_data, KINDS)
        moved = _taken(validated_data, ("manager",))
        status, own = _taken(validated_data, ("status",)), validated_data.pop("attributes", {})
        origin = validated_data.pop("origin", None)
        validated_data.pop("number", None)
        validated_data.pop("is_phone_shared", None)
        customer = services.change_customer(customer=instance, by=by, **validated_data)
        if contact:
            customer = services.change_contact(customer=customer, by=by, **contact)
        if status:
            customer = services.change_status(customer=customer, by=by, on=today, as_of=today, **status)
        if origin:
            say_origin(customer=customer, by=by, on=today, **_said(origin, instance))
        if own:
            customer = set_attributes(customer=customer, values=own, by=by)
        if moved:
            customer = services.assign_manager(customer=customer, by=by, at=timezone.now(), **moved)
        return customer


def _said(origin: dict[str, Any], customer: Customer | None = None) -> dict[str, Any]:
    """What is not said of the source stays as it is."""
    known = Origin.objects.filter(customer=customer).first() if customer else None
    before = {"how": known.how, "referred_by": known.referred_by} if known else {"how": "", "referred_by": None}
    return {name: origin.get(name, value) or (None if name == "referred_by" else "") for name, value in before.items()}


def _taken(values: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: values.pop(name) for name in names if name in values}
