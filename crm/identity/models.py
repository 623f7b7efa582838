"""People, the tree of branches, and the one table that widens reach beside role and book."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from knox.models import AbstractAuthToken

from crm.base.choices import ChoicesSaid
from crm.base.slots import contributions
from crm.identity.querysets import BranchQuerySet, ReachQuerySet


class Branch(models.Model):
    """A node of the bank's tree. `path` is the codes from the root, `/HO/SH/SH01/`, written by its service."""

    class Level(models.TextChoices):
        HEAD_OFFICE = "head_office", _("Head office")
        BRANCH = "branch", pgettext_lazy("level", "Branch")
        SUB_BRANCH = "sub_branch", _("Sub-branch")

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.BRANCH)
    region = models.CharField(_("region"), max_length=80, blank=True)
    path = models.CharField(max_length=400, editable=False, default="")

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        ordering = ["path"]
        indexes = [models.Index(fields=["path"], name="identity_branch_path", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name


class User(ChoicesSaid, AbstractUser):
    class Role(models.TextChoices):
        MANAGER = "manager", _("Relationship manager")
        TELLER = "teller", _("Branch staff")
        AGENT = "agent", _("Phone centre agent")
        HEAD = "head", _("Branch head")
        ADMIN = "admin", _("Policy admin")
        APPROVER = "approver", _("Approver")
        AUDITOR = "auditor", _("Auditor")
        AGENCY = "agency", _("Survey agency")
        NONE = "none", _("No role")

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.NONE)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="users")
    language = models.CharField(_("language"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def may(self, permission: str) -> bool:
        """Whether the role holds `<resource>:read` or `<resource>:write`."""
        return permission in self._permissions

    @cached_property
    def _permissions(self) -> frozenset[str]:
        """A page asks for some fifty of them; a request reads its user anew."""
        return frozenset(permission for permission, roles in contributions("permissions") if self.role in roles)


class Team(models.Model):
    """`code` stays: policies name a team by it."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, blank=True, related_name="teams")
    members = models.ManyToManyField(User, blank=True, related_name="teams", verbose_name=_("members"))

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Reach(models.Model):
    """For a while, `user` reaches the book of `owner`, a branch, or one customer. Ends by itself."""

    class Cause(models.TextChoices):
        LOOKUP = "lookup", _("Look-up at the counter")
        CALL = "call", _("Verified call")
        COVER = "cover", _("Cover for an absence")
        APPROVAL = "approval", _("Touched by a proposal")
        GRANT = "grant", _("Granted")
        ASSIGNMENT = "assignment", _("Backup or sponsor")

    user = models.ForeignKey(User, models.CASCADE, related_name="reaches")
    owner = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True, related_name="+")
    customer_id = models.BigIntegerField(null=True, blank=True)
    cause = models.CharField(_("cause"), max_length=12, choices=Cause)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("reach")
        verbose_name_plural = _("reach")
        indexes = [models.Index(fields=["user", "ends_at"], name="identity_reach_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(owner__isnull=False, branch__isnull=True, customer_id__isnull=True)
                    | Q(owner__isnull=True, branch__isnull=False, customer_id__isnull=True)
                    | Q(owner__isnull=True, branch__isnull=True, customer_id__isnull=False)
                ),
                name="identity_reach_names_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="identity_reach_ends_after_start",
                violation_error_message=_("Reach must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.cause}"


class ApiToken(AbstractAuthToken):
    """A hashed, expiring key for a program, narrowed to scopes (`customers:read`); empty means the whole role."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    scopes = ArrayField(models.CharField(max_length=64), default=list, blank=True)


class Notification(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    at = models.DateTimeField(_("at"))
    text = models.CharField(_("text"), max_length=300)
    url = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at", "-at"], name="identity_notification_unread")]

    def __str__(self) -> str:
        return self.text
