"""What similar customers hold, which products that suggests to whom, and what became of it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.jobs.models import Run
from customers.models import Account, Customer, Interaction, Product
from customers.models.moving import moves_with_merges
from customers.querysets.parties import OfCustomerQuerySet
from segmentation.models.schemes import Tier
from segmentation.models.segments import Segment
from segmentation.next_product.querysets import SuggestionQuerySet


class PeerGroup(models.Model):
    """Active customers of a month who are similar: same kind, same tier, and same segment or else same band of assets.

    `band` is None where a segment tells them apart; 0 is below the first threshold, -1 an unknown balance.
    """

    month = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=12, choices=Customer.Kind)
    tier = models.ForeignKey(Tier, models.PROTECT, null=True, related_name="+", db_index=False)
    segment = models.ForeignKey(Segment, models.PROTECT, null=True, related_name="+", db_index=False)
    band = models.SmallIntegerField(_("band of assets"), null=True)
    customers = models.PositiveIntegerField(_("customers"))

    class Meta:
        verbose_name = _("group of similar customers")
        verbose_name_plural = _("groups of similar customers")
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "kind", "tier", "segment", "band"], name="peer_group_once", nulls_distinct=False
            )
        ]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.pk}"


class Affinity(models.Model):
    """Of the `asked` customers of a group who hold `basis` (None: of all of them), `holding` hold `product` too.

    Neither `holding` nor the rest of `asked` is fewer than five.
    """

    group = models.ForeignKey(PeerGroup, models.PROTECT, related_name="affinities", db_index=False)
    basis = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+", db_index=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False)
    asked = models.PositiveIntegerField(_("customers"))
    holding = models.PositiveIntegerField(_("of them with the product"))

    class Meta:
        verbose_name = _("affinity")
        verbose_name_plural = _("affinities")
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "basis", "product"], name="affinity_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(holding__gte=5, asked__gte=models.F("holding") + 5), name="affinity_no_small_cell"
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.holding}/{self.asked}"


class Suggestion(models.Model):
    """A product that the closed `month` suggests to a customer, the first by rank 1; `affinity` is the reason."""

    MOST = 3

    month = models.DateField(_("month"))
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    rank = models.PositiveSmallIntegerField(_("rank"))
    product = models.ForeignKey(
        Product, models.PROTECT, related_name="+", verbose_name=_("product"), db_index=False, db_constraint=False
    )
    affinity = models.ForeignKey(Affinity, models.PROTECT, related_name="+", db_index=False, db_constraint=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggested product")
        verbose_name_plural = _("suggested products")
        ordering = ["-month", "customer", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "month", "rank"], name="suggestion_rank_once"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=3), name="suggestion_at_most_three"),
        ]
        indexes = [models.Index(fields=["month", "product"], name="suggestion_of_month")]
        triggers = [pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.rank}"


class ProductAnswer(models.Model):
    """What a customer said to a suggestion, the newest one being what holds; or that they opened an account of the product.

    Until `rests_until`, the first day on which it may be again, the product is not suggested; never again after `never`.
    `account` is the one whose opening was found, without anybody's answer.
    """

    class Answer(models.TextChoices):
        TAKEN = "taken", _("Taken")
        REFUSED = "refused", _("Refused")
        LATER = "later", _("Later")
        NEVER = "never", _("Never again")

    class Reason(models.TextChoices):
        NO_NEED = "no_need", _("No need")
        ELSEWHERE = "elsewhere", _("Has it at another bank")
        TOO_RISKY = "too_risky", _("Too risky")
        TOO_DEAR = "too_dear", _("Too expensive or too little return")
        TIED_UP = "tied_up", _("Money is tied up")
        OTHER = "other", _("Other")

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="answers")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("customer"), db_index=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"), db_index=False)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=Interaction.Channel, blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    rests_until = models.DateField(_("rests until"), null=True, blank=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a suggested product")
        verbose_name_plural = _("answers to suggested products")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="refused") & ~Q(reason="") | ~Q(answer="refused") & Q(reason=""),
                name="product_answer_refused_for_a_reason",
                violation_error_message=_("A refusal has a reason, no other answer has one."),
            ),
            models.CheckConstraint(
                condition=Q(answer="never", rests_until=None) | ~Q(answer="never") & Q(rests_until__isnull=False),
                name="product_answer_rests",
            ),
            models.CheckConstraint(
                condition=Q(account=None) | Q(answer="taken", by=None), name="product_answer_found_is_taken"
            ),
            models.UniqueConstraint(
                fields=["customer", "account"], condition=Q(account__isnull=False), name="product_answer_found_once"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "product", "-at"], name="product_answer_of_customer"),
            models.Index(fields=["-at", "-id"], name="product_answer_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="never_changes", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=["customer"])
            ),
            moves_with_merges(),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.answer}"


class StagedPeer(models.Model):
    """What a partition found out about an active customer; publishing counts it and empties it.

    `tier`, `segment`, `band` are 0, 0, -2 where there is none. `held` are ids of products in order; `open` has a mark per
    offer in force, in the order of the products' ids: 1 where it may be suggested to the customer.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    kind = models.CharField(max_length=12)
    tier = models.BigIntegerField()
    segment = models.BigIntegerField()
    band = models.SmallIntegerField()
    held = ArrayField(models.BigIntegerField())
    open = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "customer"], name="staged_peer_once")]

    def __str__(self) -> str:
        return str(self.customer_id)
