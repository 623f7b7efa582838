"""Policies of every kind as proposals: what each kind of version has in common, from its base to its publishing.

A version never changes; a proposal says the next one, as one entry of a policy file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.approvals.bases import base_of, number_before
from crm.approvals.kinds import Content, Cost, Details, Effect, Kind
from crm.approvals.models import Proposal
from crm.base.digests import digest
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from segmentation.differences import Change
from segmentation.services.policies import check_new, next_day, publish
from segmentation.services.publishing import Applied

NAMED = 3
Differ = Callable[[Mapping[str, Any] | None, Mapping[str, Any] | None], list[Change]]


@dataclass(frozen=True)
class Versioned:
    """`in_force(content, day)` is the version of the day of what the content speaks of, None before there is one.

    `versions(content)` are all of it, each with a `number`. `key` is the field of the content that names it, "" where there
    is one for the whole bank; `listed` the key of a policy file that holds a list of contents, "" where it holds the one.
    `fits(content, day)` raises RuleBroken where it can't begin on a day, None being the first that no night has run.
    """

    kind: str
    in_force: Callable[[Content, date], Any]
    versions: Callable[[Content], QuerySet[Any]]
    differ: Differ
    key: str = ""
    listed: str = ""
    fits: Callable[[Content, date | None], object] | None = None

    def current(self, content: Content, on: date | None = None) -> Any:
        return self.in_force(content, on or next_day())

    def starts(self, content: Content, wished: date | None) -> date | None:
        """None is the first business date that has not run when it is approved."""
        check_new(content, wished, self.current(content, wished))
        if self.fits:
            self.fits(content, wished)
        return wished

    def base(self, content: Content, effective_from: date | None) -> str:
        version = self.current(content, effective_from)
        named = f"{self.kind}:{content[self.key]}" if self.key else self.kind
        return base_of(named, version)

    def built_on(self, proposal: Proposal) -> Any:
        """The version that the maker had before the eyes; it never changes, so that the difference stays true."""
        return self.versions(proposal.content).filter(number=number_before(proposal)).first()

    def changes(self, proposal: Proposal) -> list[Change]:
        before = self.built_on(proposal)
        return self.differ(before.content if before else None, proposal.content)

    def details(self, proposal: Proposal) -> Details:
        return Details(
            "segmentation/_changes.html", {"changes": self.changes(proposal), "before": self.built_on(proposal)}
        )

    def apply(self, proposal: Proposal, by: Any) -> Applied:
        content = {self.listed: [proposal.content]} if self.listed else {self.kind: proposal.content}
        return publish(content=content, by=by, proposal=proposal)

    def said(self, proposal: Proposal, *, dated: str, at_once: str, **names: Any) -> str:
        """`dated` or `at_once`, filled in with the day, what changed and the names given."""
        names["what"] = self._changed(proposal)
        if proposal.effective_from is None:
            return at_once % names
        return dated % (names | {"day": said_day(proposal.effective_from)})

    def _changed(self, proposal: Proposal) -> str:
        """What differs from the version in force, by its headings."""
        if self.built_on(proposal) is None:
            return _("the first version")
        found = [change.what for change in self.changes(proposal)]
        said, more = "; ".join(found[:NAMED]), len(found) - NAMED
        return said + ngettext("; %(count)s more", "; %(count)s more", more) % {"count": more} if more > 0 else said

    def proposed(
        self,
        label: str | Promise,
        *,
        validate: Callable[[Content], None],
        sentences: Callable[[Proposal], tuple[str, str]],
        simulate: Callable[[Content], Effect],
        cost: Callable[[Content, Effect], Cost | None] | None = None,
    ) -> Kind:
        """The kind of proposal that publishes it."""
        kind = Kind(
            self.kind, label, validate=validate, apply=self.apply, sentences=sentences, base=self.base, starts=self.starts,
            details=self.details, simulate=simulate,
        )  # fmt: skip
        return replace(kind, cost=cost) if cost else kind


@dataclass(frozen=True)
class Daily(Versioned):
    """Of a policy in which nights have no part: from any day to come, None being that of the approval. `past` refuses a day before."""

    past: str | Promise = ""

    def current(self, content: Content, on: date | None = None) -> Any:
        return self.in_force(content, on or timezone.localdate())

    def starts(self, content: Content, wished: date | None) -> date | None:
        if wished is not None and wished < timezone.localdate():
            raise RuleBroken(self.past, field="effective_from")
        current = self.current(content, wished)
        if current and current.content_hash == digest(content):
            raise RuleBroken(_("This is in force already."), field="content")
        if self.fits:
            self.fits(content, wished)
        return wished

    def day_of(self, proposal: Proposal) -> date:
        """One that is approved late begins late: what it asks was not asked before."""
        today = timezone.localdate(proposal.decided_at)
        return max(proposal.effective_from or today, today)


def was_approved(*kinds: str) -> bool:
    """Whether a proposal of one of the kinds was ever approved; from then on they change by proposal alone."""
    return Proposal.objects.filter(kind__in=kinds, status=Proposal.Status.APPROVED).exists()
