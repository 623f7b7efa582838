import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.approvals.models import Deputy, Proposal
from crm.base.tables import DateColumn, LinkColumn, MomentColumn, MoneyColumn, Table, TagColumn
from crm.identity.models import User

STATUS_COLOURS: dict[str, str] = {
    Proposal.Status.OPEN: "blue",
    Proposal.Status.APPROVED: "green",
    Proposal.Status.REFUSED: "red",
    Proposal.Status.EXPIRED: "orange",
    Proposal.Status.STALE: "orange",
}


class ProposalTable(Table):
    title = LinkColumn()
    kind = tables.Column(accessor="kind_label")
    status = TagColumn(colours=STATUS_COLOURS)
    maker = tables.Column()
    made_at = MomentColumn()
    expires_at = MomentColumn()
    effective_from = DateColumn(default="–")
    amount = MoneyColumn(default="–")
    checker = tables.Column(default="–")
    hidden = ("effective_from", "expires_at")

    class Meta:
        model = Proposal
        fields = (
            *("title", "kind", "status", "maker", "made_at", "expires_at", "effective_from", "amount", "checker"),
        )

    def row_url(self, record: Proposal) -> str:
        return reverse("proposal", args=[record.pk])


class MineTable(ProposalTable):
    """`held_by` is put on each row by the page."""

    held_by = tables.Column(verbose_name=_("Who has it"), empty_values=(), accessor="pk")
    hidden = ("effective_from", "maker")

    class Meta(ProposalTable.Meta):
        sequence = ("title", "kind", "status", "held_by", "...")

    def __init__(self, *args, held: dict[int, str], **kwargs) -> None:
        self.held = held
        super().__init__(*args, **kwargs)

    def render_held_by(self, record: Proposal) -> str:
        return self.held.get(record.pk, "–")

    def value_held_by(self, record: Proposal) -> str:
        return self.held.get(record.pk, "")


class DeputyTable(Table):
    approver = tables.Column()
    deputy = tables.Column()
    starts_at = MomentColumn()
    ends_at = MomentColumn()
    appointed_by = tables.Column()
    act = tables.Column(verbose_name=_("Back early"), empty_values=())

    class Meta:
        model = Deputy
        fields = ("approver", "deputy", "starts_at", "ends_at", "appointed_by")

    def render_act(self, record: Deputy) -> str:
        """An approver who is back ends it here."""
        over = record.ends_at <= timezone.now()
        if over or self.request.user.role != User.Role.APPROVER:
            return ""
        return render_to_string("approvals/_end_deputy.html", {"record": record}, request=self.request)

    def value_act(self, record: Deputy) -> str:
        return ""
