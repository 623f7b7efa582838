from datetime import UTC, datetime, timedelta

import factory

from crm.approvals.models import Deputy, Proposal
from crm.base.digests import digest
from tests.factories.identity import UserFactory


class ProposalFactory(factory.django.DjangoModelFactory):
    """Open, of a minute ago: somebody's login is to be reset."""

    class Meta:
        model = Proposal
        skip_postgeneration_save = True

    kind = "login_reset"
    title = factory.Sequence(lambda n: f"Reset login {n}")
    content = factory.LazyAttribute(lambda proposal: {"username": proposal.subject_user.username})
    content_hash = factory.LazyAttribute(lambda proposal: digest(proposal.content))
    reason = "The password is lost"
    subject_user = factory.SubFactory(UserFactory, teller=True)
    maker = factory.SubFactory(UserFactory, admin=True)
    made_at = factory.LazyFunction(lambda: datetime.now(UTC) - timedelta(minutes=1))
    made_on = factory.LazyAttribute(lambda proposal: proposal.made_at.date())
    expires_at = factory.LazyAttribute(lambda proposal: proposal.made_at + timedelta(days=7))


class DeputyFactory(factory.django.DjangoModelFactory):
    """A head decides in the place of an approver, today and tomorrow."""

    class Meta:
        model = Deputy

    approver = factory.SubFactory(UserFactory, approver=True)
    deputy = factory.SubFactory(UserFactory, head=True)
    appointed_by = factory.SelfAttribute("approver")
    starts_at = factory.LazyFunction(lambda: datetime.now(UTC) - timedelta(minutes=1))
    ends_at = factory.LazyAttribute(lambda mandate: mandate.starts_at + timedelta(days=1))
