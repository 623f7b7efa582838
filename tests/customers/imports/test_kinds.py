"""What is particular to a kind."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from crm.base.crypto import keyed_hash
from crm.identity.models import Branch
from customers.imports.services import import_file
from customers.models import (
    Account,
    AccountHolder,
    Contact,
    Customer,
    ExchangeRate,
    FeeCharge,
    FeeType,
    Interaction,
    RiskAssessment,
    Transaction,
)
from tests.customers.imports.conftest import codes
from tests.factories import FeeChargeFactory

pytestmark = pytest.mark.django_db


def shares() -> dict[tuple[str, str], Decimal]:
    rows = AccountHolder.objects.values_list("account__number", "customer__number", "share")
    return {(account, customer): share for account, customer, share in rows}


def test_branches_form_a_tree_in_whatever_order_they_come(bring):
    bring("branches", "code,name,parent", "S1,Sub,B1", "B1,Branch,HO", "HO,Head office,")
    assert Branch.objects.get(code="S1").path == "/HO/B1/S1/"
    bring("branches", "code,name,parent", "B1,Branch,", "HO,Head office,B1")
    assert Branch.objects.get(code="S1").path == "/B1/S1/"
    assert Branch.objects.get(code="HO").path == "/B1/HO/"


def test_branches_in_a_circle_or_under_nothing_are_rejected(bring):
    result = bring("branches", "code,name,parent", "A,a,B", "B,b,A", "C,c,nowhere", "D,d,C", "E,e,")
    assert codes(result) == [
        (2, "parent", "circle"), (3, "parent", "circle"), (4, "parent", "unknown_branch"), (5, "parent", "unknown_branch"),
    ]  # fmt: skip
    assert list(Branch.objects.values_list("code", flat=True)) == ["E"]


def test_customers_are_found_by_pinyin_and_by_their_phone_in_any_spelling(bring):
    bring("customers", "number,kind,name,phone", "N1,person,欧阳修文,138 1234 5678", encoding="utf-8")
    customer = Customer.objects.get(number="N1")
    assert (customer.pinyin, customer.initials) == ("ouyangxiuwen", "oyxw")
    contact = Contact.objects.get(customer=customer)
    assert (contact.phone, bytes(contact.phone_hash)) == ("+8613812345678", keyed_hash("+8613812345678"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM customers_contact")
        assert b"138" not in bytes(cursor.fetchone()[0])


def test_contact_data_that_come_again_in_another_spelling_are_unchanged(bring):
    bring("customers", "number,kind,phone,email", "N1,person,13812345678,Ada@Example.com")
    again = bring("customers", "number,kind,phone,email", "N1,person,+86 138-1234-5678,ada@example.com")
    assert again.unchanged == 1
    cleared = bring("customers", "number,kind,email", "N1,person,")
    assert cleared.unchanged == 0
    contact = Contact.objects.get()
    assert (contact.phone, contact.email, contact.email_hash) == ("+8613812345678", "", None)
    assert Customer.objects.get().version == 2


def test_contact_data_that_are_none_are_reported_masked(bring):
    result = bring("customers", "number,kind,phone,email,national_id", "N1,person,nobody knows,ada-at-home,!!")
    assert codes(result) == [(2, "email", "email"), (2, "national_id", "national_id"), (2, "phone", "phone")]
    assert all("ada" not in problem.value and "nobody" not in problem.value for problem in result.errors)


def test_a_change_of_status_says_since_when(bring):
    bring("customers", "number,kind", "N1,person")
    assert Customer.objects.get().status_since is None
    bring("customers", "number,kind,status", "N1,person,dormant")
    customer = Customer.objects.get()
    assert (customer.status, customer.status_since) == ("dormant", timezone.localdate())


def test_default_shares(bring, accounts, customers):
    bring(
        "holders",
        "account,customer,role",
        "A1,N1,owner", "A1,N2,authorised",
        "A2,N1,joint", "A2,N2,joint", "A2,N3,joint",
    )  # fmt: skip
    third = Decimal("0.33333333")
    assert shares() == {
        ("A1", "N1"): 1, ("A1", "N2"): 0, ("A2", "N1"): third, ("A2", "N2"): third, ("A2", "N3"): third,
    }  # fmt: skip


def test_joint_holders_share_what_the_others_leave(bring, accounts, customers):
    lines = ("account,customer,role,share", "A1,N1,joint,0.5", "A1,N2,joint,", "A1,N3,joint,")
    bring("holders", *lines)
    assert shares() == {("A1", "N1"): Decimal("0.5"), ("A1", "N2"): Decimal("0.25"), ("A1", "N3"): Decimal("0.25")}
    assert bring("holders", *lines).unchanged == 3


def test_shares_of_an_account_never_sum_to_more_than_1(bring, accounts, customers):
    bring("holders", "account,customer,share", "A1,N1,0.6")
    result = bring("holders", "account,customer,share", "A1,N2,0.41", "A2,N1,0.5", "A2,N2,0.5")
    assert codes(result) == [(2, "share", "shares")]
    assert shares() == {("A1", "N1"): Decimal("0.6"), ("A2", "N1"): Decimal("0.5"), ("A2", "N2"): Decimal("0.5")}
    moved = bring("holders", "account,customer,share", "A1,N1,0.5", "A1,N2,0.5")
    assert moved.rejected == 0


def test_an_absent_role_column_leaves_the_role(bring, accounts, customers):
    bring("holders", "account,customer,role", "A1,N1,authorised")
    assert bring("holders", "account,customer", "A1,N1").unchanged == 1
    assert bring("holders", "account,customer,role", "A1,N1,").unchanged == 0
    holder = AccountHolder.objects.get()
    assert (holder.role, holder.share) == ("owner", 0)


def test_a_transaction_that_is_booked_on_another_date_is_rejected(bring, accounts):
    head = "id,account,date,amount"
    bring("transactions", head, "T1,A1,2024-03-01,5.00", "42,A1,2024-03-31,5.00")
    result = bring("transactions", head, "T1,A1,2024-03-02,5.00", "42,A1,2024-04-01,5.00", "042,A1,2024-04-01,5.00")
    assert codes(result) == [(2, "id", "moved"), (3, "id", "moved")]
    assert Transaction.objects.count() == 3


def test_transactions_whose_numbers_share_a_key_are_booked_on_the_same_date(bring, accounts):
    head, first, second = "id,account,date,amount", "42,A1,2024-03-31,5.00", "042,A1,2024-03-31,5.00"
    bring("transactions", head, first)
    assert bring("transactions", head, first, second).unchanged == 1
    assert bring("transactions", head, first, second).unchanged == 2


def test_a_transaction_can_be_corrected_on_its_date(bring, accounts):
    head = "id,account,date,amount"
    bring("transactions", head, "T1,A1,2024-03-01,5.00")
    assert bring("transactions", head, "T1,A2,2024-03-01,-6.00").unchanged == 0
    booked = Transaction.objects.get()
    assert (booked.account.number, booked.amount) == ("A2", Decimal("-6"))


def test_months_get_their_partition_and_the_default_one_stays_empty(bring, accounts):
    bring("transactions", "id,account,date,amount", "T1,A1,1987-03-01,5.00")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM customers_transaction_1987_03), count(*) FROM customers_transaction_default"
        )
        assert cursor.fetchone() == (1, 0)


def test_a_new_fee_code_becomes_a_fee_type_but_not_through_a_bad_row(bring, accounts):
    result = bring("fees", "id,account,fee,date,amount", "F1,A1,statement,2024-03-01,5", "F2,A1,odd,2024-03-01,-5")
    assert codes(result) == [(3, "amount", "too_small")]
    assert FeeCharge.objects.get().fee.code == "statement"
    assert not FeeType.objects.filter(code="odd").exists()


def test_a_fee_never_falls_below_what_is_waived_of_it(bring, accounts):
    charge = FeeChargeFactory(number="F1", amount=10, waived=4)
    head, rest = "id,account,fee,date,amount", f"{charge.account.number},{charge.fee.code},{charge.charged_on}"
    assert codes(bring("fees", head, f"F1,{rest},3")) == [(2, "amount", "less_than_waived")]
    assert bring("fees", head, f"F1,{rest},4").rejected == 0


def test_a_rate_is_positive_and_once_a_day(bring):
    result = bring("fx_rates", "date,currency,rate", "2024-03-01,USD,7.1012", "2024-03-01,EUR,0", "20240301,USD,7.2")
    assert codes(result) == [(3, "rate", "too_small"), (4, "date", "duplicate")]
    rate = ExchangeRate.objects.get()
    assert (rate.on, rate.rate) == (date(2024, 3, 1), Decimal("7.1012"))


def test_interactions_that_come_again_are_the_same_ones(bring, customers):
    head = "customer,at,channel,purpose,note,next_on"
    bring("interactions", head, "N1,2024-03-01T10:00,phone,care,hello,2024-03-08")
    assert bring("interactions", head, "N1,2024-03-01T10:00+08:00,phone,care,hello,20240308").unchanged == 1
    bring("interactions", head, "N1,2024-03-01T10:00,phone,care,changed,")
    contact = Interaction.objects.get()
    assert (contact.note, contact.next_on, contact.version) == ("changed", None, 2)


def test_a_person_moves_no_branch_by_a_file(bring, tmp_path, admin, head_office, east, west):
    path = tmp_path / "tree.csv"
    path.write_text("code,name,parent\nEAST,East,WEST\nWEST,The west,HO\nNEW,New,WEST\n")
    result = import_file(kind="branches", path=path, by=admin)
    assert codes(result) == [(2, "parent", "branch_moved")]
    assert Branch.objects.get(code="EAST").parent == head_office
    assert Branch.objects.get(code="NEW").path == "/HO/WEST/NEW/"


def test_risk_assessments_are_added_and_none_is_changed(bring, customers):
    first = bring(
        "risk_assessments", "customer,level,assessed_on", "N1,3,2026-01-15", "N2,6,2026-01-15", "N9,1,20260115"
    )
    again = bring("risk_assessments", "customer,level,assessed_on", "N1,3,2026-01-15", "N1,4,2026-01-15")

    assert codes(first) == [(3, "level", "too_large"), (4, "customer", "unknown_customer")]
    assert (again.accepted, again.unchanged) == (2, 1)
    assert list(RiskAssessment.objects.order_by("pk").values_list("level", flat=True)) == [3, 4]


def test_a_payment_may_tell_its_channel_and_country(bring, accounts):
    head = "id,account,date,amount,channel,country"
    result = bring(
        "transactions", head, "T1,A1,2026-01-05,-9.90,online,US", "T2,A1,2026-01-05,-1,,", "T3,A1,2026-01-05,-1,fax,",
        "T4,A1,2026-01-05,-1,,usa",
    )  # fmt: skip

    assert codes(result) == [(4, "channel", "choice"), (5, "country", "country")]
    found = Transaction.objects.order_by("number").values_list("number", "channel", "country")
    assert list(found) == [("T1", "online", "US"), ("T2", "", "")]


def test_an_account_may_have_a_limit_that_is_not_below_zero(bring, accounts):
    head = "number,product,currency,opened_on,credit_limit"
    result = bring(
        "accounts", head, "B1,card,CNY,2026-01-05,20000.00", "B2,card,CNY,2026-01-05,", "B3,card,CNY,2026-01-05,-1",
        "B4,card,CNY,2026-01-05,1.005",
    )  # fmt: skip

    assert codes(result) == [(4, "credit_limit", "too_small"), (5, "credit_limit", "digits")]
    limits = dict(Account.objects.filter(number__startswith="B").values_list("number", "credit_limit"))
    assert limits == {"B1": Decimal(20000), "B2": None}
