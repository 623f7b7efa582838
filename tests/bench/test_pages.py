"""What the customers' pages and searches cost at size, beside a bare Django page of 50 rows in the same process."""

import os
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import include, path

from crm.identity.models import Branch, User
from customers.models import Customer
from tests.bench import bank
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "200000"))
TIMES = 25
BARE = engines["django"].from_string(
    "<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.name }}</td><td>{{ row.status }}</td>"
    "<td>{{ row.region }}</td></tr>{% endfor %}</table>"
)
SEARCHES = {
    "two Chinese characters": "{name:.2}",
    "three Latin letters": "{pinyin:.8}",
    "pinyin": "{pinyin}",
    "initials": "{initials}",
    "number": "{number}",
}


def bare(request: HttpRequest) -> HttpResponse:
    """The floor: fifty rows by key, no session, no user, no frame."""
    rows = Customer.objects.filter(sort_key__gt=request.GET.get("after", "")).order_by("sort_key", "pk")[:50]
    return HttpResponse(BARE.render({"rows": rows}))


urlpatterns = [path("bare/", bare), path("", include("crm.urls"))]


def milliseconds(act: Callable[[], object], times: int = TIMES) -> list[float]:
    act()
    found = []
    for _ in range(times):
        begun = perf_counter()
        act()
        found.append((perf_counter() - begun) * 1000)
    return found


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def opened(client: Client, url: str) -> Callable[[], object]:
    def act() -> object:
        response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        return response

    return act


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@override_settings(ROOT_URLCONF="tests.bench.test_pages")
def figures(customers: int, times: int = TIMES) -> dict[str, float]:
    bank.fill(bank.Size(customers))
    root = Branch.objects.create(code="HO", name="Head office", level="head_office", path="/HO/")
    head = signed_in(UserFactory(head=True, branch=root))
    last = Customer.objects.order_by("-sort_key").values_list("sort_key", flat=True)[0]
    someone = Customer.objects.order_by("sort_key")[customers // 2]
    floor = median(milliseconds(opened(Client(), "/bare/?after=zhang%208"), times))
    listed, paged = opened(head, "/customers/"), opened(head, f"/customers/{someone.pk}/")
    backwards = opened(head, "/customers/?ordering=-name")
    found = {
        "bare page, ms": floor,
        "list / bare": median(milliseconds(listed, times)) / floor,
        "list, other end / bare": median(milliseconds(backwards, times)) / floor,
        "customer / bare": median(milliseconds(paged, times)) / floor,
        "list, queries": queries(listed),
        "customer, queries": queries(paged),
    }
    assert last >= someone.sort_key
    return found


def searches(times: int = 100) -> dict[str, float]:
    """p95 in milliseconds of the statement alone, over different customers."""
    someones = list(Customer.objects.order_by("pk")[:: max(1, Customer.objects.count() // times)][:times])
    found = {}
    for name, shape in SEARCHES.items():
        spent = []
        for someone in someones:
            text = shape.format(**vars(someone))
            begun = perf_counter()
            list(Customer.objects.all().search(text).order_by("sort_key", "pk").values_list("pk", flat=True)[:50])
            spent.append((perf_counter() - begun) * 1000)
        found[name] = quantiles(spent, n=20)[-1] if len(spent) > 1 else spent[0]
    return found


@pytest.mark.bench
def test_pages_beside_a_bare_page(capsys):
    found = figures(CUSTOMERS) | {f"search p95 ms: {name}": value for name, value in searches().items()}
    with capsys.disabled():
        print(f"\npages, {CUSTOMERS} customers, logged in as a head, scoped")
        for name, value in found.items():
            print(f"  {name:40} {value:10.2f}")


def test_bench_of_pages_opens_what_it_measures():
    found = figures(300, times=2)
    assert (found["list, queries"] <= 8, found["customer, queries"] <= 12) == (True, True), found
    assert all(value > 0 for value in searches(times=5).values())
