"""The command on a real database: a small bank of 120 customers."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from crm.approvals.models import Proposal
from crm.identity.models import Reach, Team, User
from crm.management.demo.bank import LOGINS
from crm.nightly.night import run_night
from customers.models import (
    Account,
    Balance,
    BlankStock,
    Call,
    CardOrder,
    Customer,
    Feed,
    Interaction,
    TransactionMonth,
)
from customers.voice.report import report
from managers.assigning.nights import assign_due
from managers.models import Assignment, ContactPlan, CustomerPlan, Event, Invitation, Meeting
from segmentation.models import AssignmentPolicy, TierPeriod, WaiverPolicy
from service.knowledge.suggesting import suggested
from service.knowledge.using import with_use
from service.models import Article, ArticleView, Complaint, ServiceRequest, Ticket, TicketQueue, WorkOrder
from tests.factories import CustomerFactory

pytestmark = pytest.mark.django_db

LAST = date(2026, 3, 22)
DUMPS = {
    "branches": "SELECT code, path, region FROM identity_branch ORDER BY code",
    "people": "SELECT username, name, role FROM identity_user ORDER BY username",
    "customers": "SELECT c.number, c.name, c.pinyin, c.birth_date, c.status, u.username, k.phone_hash, k.national_id_hash"
    " FROM customers_customer c JOIN customers_contact k ON k.customer_id = c.id"
    " LEFT JOIN identity_user u ON u.id = c.manager_id ORDER BY c.number",
    "accounts": "SELECT a.number, a.opened_on, p.code, c.number, h.share FROM customers_account a"
    " JOIN customers_product p ON p.id = a.product_id JOIN customers_accountholder h ON h.account_id = a.id"
    " JOIN customers_customer c ON c.id = h.customer_id ORDER BY a.number, c.number",
    "balances": 'SELECT a.number, b."on", b.amount FROM customers_balance b'
    ' JOIN customers_account a ON a.id = b.account_id ORDER BY 1, 2',
    "transactions": "SELECT number, booked_on, amount, kind, counterparty FROM customers_transaction ORDER BY number",
    "fees": "SELECT number, charged_on, amount FROM customers_feecharge ORDER BY number",
    "rates": 'SELECT currency, "on", rate FROM customers_exchangerate ORDER BY 1, 2',
    "proposals": "SELECT title, kind, status, made_at FROM approvals_proposal ORDER BY id",
    "lives": "SELECT c.number, p.kind, p.value, p.recorded_at FROM customers_preference p"
    " JOIN customers_customer c ON c.id = p.customer_id"
    " UNION ALL SELECT c.number, l.kind, l.about, l.recorded_at FROM customers_lifeevent l"
    " JOIN customers_customer c ON c.id = l.customer_id ORDER BY 1, 2, 3, 4",
    "figures": "SELECT c.number, k.code, f.since, f.months, f.value FROM customers_companyfigure f"
    " JOIN customers_figurekind k ON k.id = f.kind_id JOIN customers_customer c ON c.id = f.customer_id ORDER BY 1, 2, 3, 4",
    "relations": "SELECT c.number, r.kind, p.number, o.name, r.share FROM customers_companyrelation r"
    " JOIN customers_customer c ON c.id = r.customer_id LEFT JOIN customers_customer p ON p.id = r.party_id"
    " LEFT JOIN customers_outsideparty o ON o.id = r.outsider_id ORDER BY 1, 2, 3, 4",
    "sales": "SELECT c.number, o.stage, o.amount, o.close_on, m.number, m.to_stage, m.at FROM managers_opportunity o"
    " JOIN customers_customer c ON c.id = o.customer_id JOIN managers_stagemove m ON m.opportunity_id = o.id ORDER BY 1, 5",
    "talks": "SELECT c.number, i.at, i.note, i.next_on FROM customers_interaction i"
    " JOIN customers_customer c ON c.id = i.customer_id ORDER BY 1, 2, 3",
}  # fmt: skip


def demo(*, customers=120, seed=1, through=LAST):
    err = StringIO()
    call_command("demo_data", customers=customers, seed=seed, through=through, stderr=err)
    return err.getvalue()


def dumped():
    found = {}
    with connection.cursor() as cursor:
        for name, query in DUMPS.items():
            cursor.execute(query)
            found[name] = [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()
            ]
    return found


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("CRM_DEMO_PASSWORD", "a quiet river at dawn")


@pytest.fixture
def bank(db):
    demo()


def test_the_same_seed_gives_the_same_data():
    dumps = []
    for _ in range(2):
        with transaction.atomic():
            demo(customers=40)
            dumps.append(dumped())
            transaction.set_rollback(True)
    assert all(dumps[0].values())
    assert dumps[0] == dumps[1]


def test_every_demo_login_opens_and_no_other_account_does(bank):
    password = "a quiet river at dawn"
    assert {user.username for user in User.objects.all() if user.check_password(password)} == set(LOGINS)


def test_roll_ups_are_what_a_count_from_scratch_gives(bank):
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*), count(*) FILTER (WHERE (m.credits, m.debits, m.payroll, m.count) IS DISTINCT FROM
                                                    (x.credits, x.debits, x.payroll, x.count))
            FROM customers_transactionmonth m FULL JOIN (
                SELECT account_id, date_trunc('month', booked_on)::date AS month, count(*) AS count,
                       coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS credits,
                       coalesce(-sum(amount) FILTER (WHERE amount < 0), 0) AS debits,
                       coalesce(sum(amount) FILTER (WHERE amount > 0 AND kind = 'payroll'), 0) AS payroll
                FROM customers_transaction GROUP BY 1, 2) x USING (account_id, month)""")
        transactions, wrong = cursor.fetchone()
        assert transactions and not wrong
        cursor.execute("""
            SELECT count(*), count(*) FILTER (WHERE m.day_sum IS DISTINCT FROM x.day_sum)
            FROM customers_balancemonth m JOIN LATERAL (
                SELECT sum(coalesce((SELECT b.amount FROM customers_balance b WHERE b.account_id = m.account_id
                                     AND b."on" <= day ORDER BY b."on" DESC LIMIT 1), 0)) AS day_sum
                FROM generate_series(m.month::timestamp, m.last_on, interval '1 day') day) x ON true""")
        balances, wrong = cursor.fetchone()
        assert balances and not wrong


def test_what_lies_on_an_account_is_what_moved(bank):
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*) FROM customers_account a
            CROSS JOIN LATERAL (SELECT amount FROM customers_balance WHERE account_id = a.id ORDER BY "on" LIMIT 1) f
            CROSS JOIN LATERAL (SELECT amount FROM customers_balance WHERE account_id = a.id ORDER BY "on" DESC LIMIT 1) l
            CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS moved FROM customers_transaction
                                WHERE account_id = a.id
                                  AND booked_on > (SELECT min("on") FROM customers_balance WHERE account_id = a.id)) t
            WHERE l.amount <> f.amount + t.moved""")
        assert cursor.fetchone() == (0,)


def test_feeds_are_closed_through_the_last_day_and_nothing_lies_after_it(bank):
    closed = dict(Feed.objects.values_list("kind", "closed_through"))
    assert {closed[kind] for kind in ("balances", "transactions", "fees", "fx_rates")} == {LAST}
    assert Balance.objects.filter(on__gt=LAST).count() == 0
    tomorrow = datetime.combine(LAST + timedelta(days=1), time(0), timezone.get_current_timezone())
    assert not Interaction.objects.filter(at__gte=tomorrow).exists()
    assert Interaction.objects.filter(next_on__gt=LAST).exists()


def test_the_story_has_every_part(bank):
    assert TransactionMonth.objects.filter(payroll__gt=0).exists()
    assert set(Account.objects.values_list("currency", flat=True)) >= {"CNY", "USD"}
    assert Customer.objects.filter(status="dormant").exists()
    assert Customer.objects.filter(kind="company").exists()
    assert WaiverPolicy.objects.get().ceiling == Decimal("0.5")
    manager = User.objects.get(username="manager")
    assert Customer.objects.filter(manager=manager).count() >= 12
    assert Reach.objects.get(user=manager).owner.username == "manager3"
    assert manager.notifications.count() == 21
    assert set(Assignment.objects.values_list("role", flat=True)) == {"primary", "backup", "sponsor"}
    assert ContactPlan.objects.count() == 1 and Meeting.objects.filter(manager=manager).count() == 3
    assert sorted(Event.objects.values_list("state", flat=True)) == ["cancelled", "held", "open", "planned"]
    assert CustomerPlan.objects.count() == 5 and CustomerPlan.objects.filter(reviews__words__gt="").count() == 1
    assert Invitation.objects.waiting().exists() and Invitation.objects.filter(state="attended").exists()


def test_the_counter_and_the_phone_centre_have_their_stories(bank):
    states = list(Call.objects.order_by("begun_at").values_list("state", flat=True))
    assert states.count("verified") == 4 and states.count("refused") == 1
    assert not Call.objects.filter(ended_at=None).exists()
    assert {"handed_over", "printed", "ordered"} <= set(CardOrder.objects.values_list("state", flat=True))
    assert BlankStock.objects.filter(balance__gt=0).count() == 4
    assert report(date(2026, 2, 1)).lines


def test_the_service_desk_has_matters_in_every_state(bank):
    states = dict(Ticket.objects.values_list("status").annotate(count=Count("pk")))
    assert set(states) >= {"new", "open", "waiting_customer", "solved"} and sum(states.values()) == 16
    complaint = Ticket.objects.get(about__username="manager")
    assert not Ticket.objects.visible_to(complaint.about).filter(pk=complaint.pk).exists()
    assert sorted(Complaint.objects.values_list("stage", flat=True)) == ["answer"] * 5 + ["complex"]
    assert Ticket.objects.overdue(timezone.now()).exists() and TicketQueue.objects.count() == 3


def test_articles_are_in_force_read_and_rated_and_one_waits_for_the_approver(bank):
    today = timezone.localdate()
    assert Article.objects.current(today).count() == 8 and Article.objects.due(today).count() == 1
    assert Proposal.objects.open().filter(kind="article").count() == 1
    cash = with_use(Article.objects.all(), on=LAST).get(code="cash-abroad")
    assert cash.links == 1 and (cash.helpful, cash.unhelpful) == (2, 1) and ArticleView.objects.exists()
    agent = User.objects.get(username="agent")
    assert suggested(user=agent, subject="东京境外取现失败", on=today)[0].article == cash


def test_customers_asked_for_services_and_departments_work_on_them(bank):
    states = set(ServiceRequest.objects.values_list("state", flat=True))
    assert {"requested", "authorised", "sent", "executed", "failed", "cancelled"} == states
    assert {"open", "done", "returned", "taken"} == set(WorkOrder.objects.values_list("state", flat=True))


def test_its_first_night_gives_everybody_a_tier(bank):
    run = run_night(day=date(2025, 1, 1))
    assert run.status == "completed"
    assert TierPeriod.objects.count() == Customer.objects.tiered().count()
    assert assign_due(at=timezone.now()).status == "completed"
    assert AssignmentPolicy.objects.exists() and Team.objects.get(code="wealth").members.count() == 3


def test_a_second_run_keeps_the_data_and_sets_the_passwords(bank, monkeypatch):
    monkeypatch.setenv("CRM_DEMO_PASSWORD", "another quiet river")
    assert "already" in demo(customers=500)
    assert Customer.objects.count() == 120
    assert User.objects.get(username="auditor").check_password("another quiet river")


def test_another_banks_database_is_refused():
    CustomerFactory()
    with pytest.raises(CommandError) as refusal:
        demo()
    assert refusal.value.returncode == 2
    assert Customer.objects.count() == 1 and not User.objects.exists()
