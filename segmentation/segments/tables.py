import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.tables import DateColumn, NameColumn, Table
from crm.base.templatetags.frame import names
from customers.masking import pseudonym
from customers.models import Customer
from segmentation.models import SegmentMembership, SnapshotMember


class MemberTable(Table):
    """The members of a segment, in reach."""

    customer = NameColumn()
    number = tables.Column(accessor="customer__number", verbose_name=_("Number"))
    since = DateColumn()
    until = DateColumn(default="–")
    branch = tables.Column(accessor="customer__branch", verbose_name=_("Branch"), default="–")
    manager = tables.Column(accessor="customer__manager", verbose_name=_("Manager"), default="–")
    hidden = ("until",)

    class Meta:
        model = SegmentMembership
        fields = ("customer", "number", "since", "until", "branch", "manager")
        sequence = fields

    def row_url(self, record: SegmentMembership) -> str:
        return reverse("customer", args=[record.customer_id])

    def render_customer(self, record: SegmentMembership) -> str:
        return NameColumn().render(names(record.customer), record, self)


class PseudonymMemberTable(Table):
    """The same for who sees no customer: nothing by which one is known."""

    pseudonym = tables.Column(empty_values=(), verbose_name=_("Pseudonym"))
    since = DateColumn()
    branch = tables.Column(accessor="customer__branch", verbose_name=_("Branch"), default="–")

    class Meta:
        model = SegmentMembership
        fields = ("pseudonym", "since", "branch")
        sequence = fields

    def render_pseudonym(self, record: SegmentMembership) -> str:
        return pseudonym(record.customer.number)

    def value_pseudonym(self, record: SegmentMembership) -> str:
        return pseudonym(record.customer.number)


class SnapshotMemberTable(Table):
    customer = NameColumn()
    number = tables.Column(accessor="customer__number", verbose_name=_("Number"))
    since = DateColumn()
    branch = tables.Column(accessor="customer__branch", verbose_name=_("Branch"), default="–")

    class Meta:
        model = SnapshotMember
        fields = ("customer", "number", "since", "branch")
        sequence = fields

    def row_url(self, record: SnapshotMember) -> str:
        return reverse("customer", args=[record.customer_id])

    def render_customer(self, record: SnapshotMember) -> str:
        return NameColumn().render(names(record.customer), record, self)


class UnclassifiedTable(Table):
    name = NameColumn(empty_values=())
    number = tables.Column()
    branch = tables.Column(default="–")
    manager = tables.Column(default="–")

    class Meta:
        model = Customer
        fields = ("name", "number", "branch", "manager")
        sequence = fields

    def row_url(self, record: Customer) -> str:
        return reverse("customer", args=[record.pk])

    def value_name(self, record: Customer) -> str:
        return str(record)
