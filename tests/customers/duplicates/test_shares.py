"""Whoever holds what: a merge changes no account's shares, and undoing it gives each their own again."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from customers.duplicates.services import merge_customers, undo_merge
from customers.models import AccountHolder, Customer
from tests.factories import AccountFactory, BranchFactory, CustomerFactory, UserFactory

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SHARES = st.tuples(*[st.integers(0, 100)] * 3).filter(lambda shares: 0 < sum(shares) <= 100)
ROLES = st.sampled_from(AccountHolder.Role.values)


class Shares(TestCase):
    """Three customers, the first two of whom are one; an account is what each of them holds of it, in percent."""

    @classmethod
    def setUpTestData(cls) -> None:
        branch = BranchFactory()
        cls.manager = UserFactory(manager=True, branch=branch)
        cls.customers = CustomerFactory.create_batch(3, manager=cls.manager, branch=branch)
        cls.accounts = AccountFactory.create_batch(4)

    @given(held=st.lists(st.tuples(SHARES, st.tuples(ROLES, ROLES, ROLES)), min_size=1, max_size=4))
    def test_a_merge_keeps_the_shares_of_each_account_and_its_undoing_those_of_each_holder(self, held: list) -> None:
        stays, goes, other = self.customers
        for account, (shares, roles) in zip(self.accounts, held, strict=False):
            AccountHolder.objects.bulk_create(
                AccountHolder(account=account, customer=customer, role=role, share=Decimal(share) / 100)
                for customer, share, role in zip(self.customers, shares, roles, strict=True)
                if share
            )
        before = self.held()
        merge = merge_customers(survivor=stays, absorbed=goes, reason="The same passport", by=self.manager, at=NOW)
        merged = self.held()
        assert not any(customer == goes.pk for _account, customer in merged)
        for account in self.accounts:
            own = [
                share for (number, who), (_role, share) in before.items() if number == account.pk and who != other.pk
            ]
            assert sum(own) == merged.get((account.pk, stays.pk), ("", Decimal(0)))[1]
            assert before.get((account.pk, other.pk)) == merged.get((account.pk, other.pk))
        undo_merge(merge=merge, reason="They are brothers", by=self.manager, at=NOW)
        assert self.held() == before
        assert Customer.objects.filter(merged_into=None).count() == 3

    def held(self) -> dict[tuple[int, int], tuple[str, Decimal]]:
        rows = AccountHolder.objects.values_list("account", "customer", "role", "share")
        return {(account, customer): (role, share) for account, customer, role, share in rows}
