"""A draft is tried from its page, watched, and read: by name in one's reach, by pseudonym for the admin."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from crm.base.errors import RuleBroken
from crm.jobs.models import Run
from customers.masking import pseudonym
from segmentation.models import Simulation
from segmentation.services import simulations as services
from tests.factories import PolicyDraftFactory, SimulatedTierFactory, SimulationFactory
from tests.segmentation.night.bank import customer_with, nights, policy

pytestmark = pytest.mark.django_db
FIRST, JANUARY_END, FEBRUARY = date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 10)


@pytest.fixture
def movers(own, other):
    simulation = SimulationFactory()
    for story in (own, other):
        SimulatedTierFactory(simulation=simulation, customer=story.customer)
    return simulation


def opened(client, name: str, simulation: Simulation) -> str:
    response = client.get(reverse(name, args=[simulation.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_the_effect_in_a_sentence_and_a_matrix(movers, signed_in, admin):
    page = opened(signed_in(admin), "simulation", movers)

    assert "3 customers would move; waived 4.00 CNY instead of 1.00 CNY." in page
    assert "?published=mass&amp;draft=gold" in page


def test_an_admin_reads_pseudonyms_and_a_head_names_in_reach(movers, signed_in, admin, head, own, other):
    for_admin = opened(signed_in(admin), "simulation_movers", movers)
    for_head = opened(signed_in(head), "simulation_movers", movers)

    assert pseudonym(own.customer.number) in for_admin and str(own.customer) not in for_admin
    assert own.customer.name in for_head and pseudonym(other.customer.number) not in for_head
    assert other.customer.name not in for_head


def test_an_export_of_an_admin_names_nobody(movers, signed_in, admin, own):
    address = reverse("simulation_movers", args=[movers.pk])
    rows = b"".join(signed_in(admin).get(f"{address}?export=csv").streaming_content).decode()

    assert pseudonym(own.customer.number) in rows and own.customer.name not in rows and own.customer.number not in rows


def test_a_draft_is_tried_from_its_page(signed_in, admin, settings):
    settings.CRM_NIGHT_WORKERS = 1
    policy(("mass", None, 0), ("gold", "200000", 3))
    rich = customer_with({FIRST: "150000"})
    nights(FIRST, FEBRUARY)
    draft = PolicyDraftFactory(owner=admin)
    draft.content["tiers"][1]["when"]["value"] = "100000"
    draft.save()

    answer = signed_in(admin).post(reverse("draft_simulate", args=[draft.pk]))
    simulation = Simulation.objects.get()
    services.carry_on(simulation)

    assert answer.url == reverse("simulation", args=[simulation.pk])
    assert simulation.business_date == JANUARY_END, "the newest day on which the draft reviews"
    assert simulation.tiers.movers().values_list("customer", "published", "draft").get() == (rich.pk, "mass", "gold")
    assert Run.objects.get(pk=simulation.run_id).result["movers"] == 1
    row = signed_in(admin).get(reverse("simulations")).content.decode().partition("<tbody")[2].partition("</tr>")[0]
    assert row.count(">1</td>") == 2, "one customer, one mover"


def test_a_day_without_facts_is_refused(admin):
    policy(("mass", None, 0))
    customer_with({FIRST: "1"})
    nights(FIRST, date(2026, 1, 5))

    with pytest.raises(RuleBroken, match="No facts are kept of 2026-01-03"):
        services.open_simulation(draft={"waiver_policy": {"lines": []}}, by=admin, day=date(2026, 1, 3))


def test_a_draft_in_another_currency_is_refused(admin):
    policy(("mass", None, 0))
    customer_with({FIRST: "1"})
    nights(FIRST, FIRST)
    draft = {"customer_kind": "person", "currency": "USD", "measure": "balance", "review": "monthly"}
    draft |= {"tiers": [{"code": "mass", "name": "Mass"}]}

    with pytest.raises(RuleBroken, match="in CNY"):
        services.open_simulation(draft={"tier_scheme": draft}, by=admin)


def test_the_same_policy_moves_nobody(admin, settings):
    """On a day without a review both sides are reviewed as if it were one."""
    settings.CRM_NIGHT_WORKERS = 1
    policy(("mass", None, 0), ("gold", "200000", 3))
    customer_with({FIRST: "100000", FEBRUARY: "900000"})
    nights(FIRST, FEBRUARY)
    draft = PolicyDraftFactory.build(owner=admin).content

    on_review = services.simulate(draft={"tier_scheme": draft}, by=admin)
    as_if = services.simulate(draft={"tier_scheme": draft}, by=admin, day=FEBRUARY)

    assert [one.run.result["movers"] for one in (on_review, as_if)] == [0, 0]
    assert (on_review.is_review, as_if.is_review) == (True, False)


def test_the_command_prints_the_effect(tmp_path, capsys, settings):
    settings.CRM_NIGHT_WORKERS = 1
    policy(("mass", None, 0), ("gold", "200000", 3))
    customer_with({FIRST: "150000"})
    nights(FIRST, FEBRUARY)
    file = tmp_path / "draft.json"
    content = PolicyDraftFactory.build().content
    content["tiers"][1]["when"]["value"] = "100000"
    file.write_text(json.dumps({"tier_scheme": content}))

    call_command("simulate", str(file), json=True)

    said = json.loads(capsys.readouterr().out)
    assert said["migration"] == {"mass": {"gold": 1}} and said["movers"] == 1
    assert {"waived_before", "waived_after"} <= set(said)


def test_pages_of_simulations_and_drafts_have_their_price(movers, signed_in, admin, queries):
    draft, client = PolicyDraftFactory(owner=admin), signed_in(admin)
    addresses = {
        "simulations": reverse("simulations"),
        "simulation": reverse("simulation", args=[movers.pk]),
        "simulation_movers": reverse("simulation_movers", args=[movers.pk]),
        "drafts": reverse("drafts"),
        "draft": reverse("draft", args=[draft.pk]),
        "draft_edit": reverse("draft_edit", args=[draft.pk]),
        "rules": reverse("rules"),
        "overrides": reverse("overrides"),
    }
    for name, address in addresses.items():
        with queries(name):
            client.get(address)
