"""A list page of four names, over notifications and customers."""

import csv
import io
from html import unescape
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path
from django_filters import CharFilter, ChoiceFilter, FilterSet
from openpyxl import load_workbook

from crm.base.exports import exported_rows, safe
from crm.base.pages import ListPage
from crm.base.signals import exported
from crm.base.tables import DateColumn, NameColumn, Table
from crm.identity.models import Team
from crm.urls import urlpatterns as real
from customers.models import Customer
from tests.factories import CustomerFactory


class SomeFilter(FilterSet):
    q = CharFilter(field_name="name", lookup_expr="contains", label="name")
    status = ChoiceFilter(choices=Customer.Status.choices, label="status")

    class Meta:
        model = Customer
        fields = ()


class SomeTable(Table):
    name = NameColumn()
    birth_date = DateColumn()

    class Meta:
        model = Customer
        fields = ("name", "number", "birth_date", "status")

    def row_url(self, record):
        return f"/customers/{record.pk}/"


class SomeList(ListPage):
    permission = "customers:read"
    title = "Some customers"
    queryset = Customer.objects.all()
    filterset_class = SomeFilter
    table_class = SomeTable
    ordering_fields = {"name": "sort_key", "birth_date": "birth_date"}
    ordering = "name"
    page_size = 20


urlpatterns = [path("some/", SomeList.as_view(), name="some"), *real]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _routes():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def answered(client, query: str = "", **headers) -> HttpResponse:
    return client.get(f"/some/{query}", headers=headers)


def test_a_list_shows_only_what_is_in_reach(manager, own, other, signed_in):
    shown = answered(signed_in(manager)).content.decode()
    assert own.customer.number in shown
    assert other.customer.number not in shown


def test_a_role_without_the_permission_gets_403_in_the_frame(admin, signed_in):
    answer = answered(signed_in(admin))
    assert answer.status_code == 403
    assert "Your role can't open this" in unescape(answer.content.decode())


def test_who_is_not_signed_in_is_led_to_the_login(client):
    assert answered(client).url == "/login/?next=/some/"


def test_a_fragment_of_who_is_signed_out_leads_the_browser_to_the_login(client):
    assert answered(client, HX_Request="true").headers["HX-Redirect"] == "/login/"


def test_htmx_gets_the_rows_and_the_browser_the_page(manager, own, signed_in):
    client = signed_in(manager)
    page, rows = answered(client).content.decode(), answered(client, HX_Request="true").content.decode()
    assert "<html" in page and "<html" not in rows
    assert own.customer.number in page and own.customer.number in rows
    assert "HX-Request" in answered(client).headers["Vary"]


def test_paging_keeps_the_filter_and_the_order(manager, signed_in):
    CustomerFactory.create_batch(45, manager=manager, status="dormant")
    CustomerFactory.create_batch(5, manager=manager, status="active")
    client, met = signed_in(manager), []
    answer = answered(client, "?status=dormant&ordering=-name")
    while True:
        shown = answer.context["shown"]
        met += [row.pk for row in shown.rows]
        if shown.next is None:
            break
        following = f"?status=dormant&ordering=-name&cursor={quote(shown.next)}"
        assert following in unescape(answer.content.decode())
        answer = answered(client, following)
    assert len(met) == len(set(met)) == 45


def test_a_filter_that_is_on_is_a_chip_that_takes_it_off(manager, own, signed_in):
    chips = answered(signed_in(manager), "?status=frozen&q=x&ordering=name").context["chips"]
    assert [(chip.label, chip.value, chip.url) for chip in chips] == [
        ("name", "x", "?status=frozen&ordering=name"),
        ("status", "Frozen", "?q=x&ordering=name"),
    ]


def test_an_order_that_is_not_listed_is_the_usual_one(manager, own, signed_in):
    answer = answered(signed_in(manager), "?ordering=-password")
    assert answer.status_code == 200
    assert answer.context["table"].order.name == "name"


def test_a_cursor_that_was_made_up_starts_again(manager, own, signed_in):
    assert answered(signed_in(manager), "?cursor=made-up").url == "/some/"


def test_the_header_says_how_the_list_is_sorted(manager, own, signed_in):
    shown = answered(signed_in(manager), "?ordering=-name").content.decode()
    assert 'aria-sort="descending"' in shown
    assert 'href="?ordering=name"' in shown


def test_columns_can_be_chosen(manager, own, signed_in):
    table = answered(signed_in(manager), "?columns=name&columns=status").context["table"]
    assert [column.name for column in table.columns.itervisible()] == ["name", "status"]


def test_nothing_found_offers_to_clear_the_filters(manager, own, signed_in):
    assert "Clear the filters" in answered(signed_in(manager), "?q=nobody").content.decode()


def test_an_unscoped_model_must_be_said_to_be_one(rf: RequestFactory, auditor):
    page = SomeList()
    page.queryset, page.request = Team.objects.all(), rf.get("/")
    page.request.user = auditor
    with pytest.raises(ImproperlyConfigured):
        page.get_queryset()


def test_an_export_holds_what_the_list_shows_and_no_more(manager, own, other, signed_in):
    CustomerFactory.create_batch(250, manager=manager)
    heard = []
    exported.connect(lambda **said: heard.append(said), weak=False, dispatch_uid="test")
    answer = answered(signed_in(manager), "?export=csv")
    body = b"".join(answer.streaming_content).decode()
    exported.disconnect(dispatch_uid="test")
    rows = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))
    assert body.startswith("\ufeff")
    assert rows[0] == ["Name", "Number", "Birth date", "Status"]
    assert len(rows) == 252
    assert other.customer.number not in {row[1] for row in rows}
    assert [(said["rows"], said["user"]) for said in heard] == [(251, manager)]


def test_what_was_searched_for_is_not_in_the_trail(manager, own, signed_in):
    heard = []
    exported.connect(lambda **said: heard.append(said["parameters"]), weak=False, dispatch_uid="test")
    answered(signed_in(manager), "?export=csv&q=13800001234&status=active")
    exported.disconnect(dispatch_uid="test")
    assert heard == [{"q": ["..."], "status": ["active"]}]


def test_an_xlsx_holds_texts_and_no_formulas(manager, signed_in):
    CustomerFactory(manager=manager, name='=HYPERLINK("http://evil")')
    answer = answered(signed_in(manager), "?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert cell.value == '\'=HYPERLINK("http://evil")'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1"])
def test_a_text_that_starts_a_formula_is_quoted(text):
    assert safe(text) == f"'{text}"


def test_a_number_stays_a_number_in_an_export():
    assert safe(-1) == -1
    assert safe("1-1") == "1-1"


def test_an_export_asks_a_query_per_chunk_and_not_per_row(manager, signed_in, rf, django_assert_max_num_queries):
    CustomerFactory.create_batch(300, manager=manager)
    page = SomeList()
    page.request = rf.get("/some/")
    page.request.user = manager
    with django_assert_max_num_queries(3):
        assert len(list(exported_rows(page))) == 301
