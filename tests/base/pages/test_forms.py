import pytest
from django import forms
from django.test import override_settings
from django.urls import path

from crm.base.errors import RuleBroken
from crm.base.pages import FormPage
from crm.urls import urlpatterns as real


class SomeForm(forms.Form):
    percent = forms.DecimalField()
    note = forms.CharField()


class SomePage(FormPage):
    permission = "customers:write"
    title = "Some form"
    form_class = SomeForm
    done = "It is done."
    success_url = "home"

    def perform(self, form):
        if form.cleaned_data["percent"] > 50:
            raise RuleBroken("At most 50 percent.", field="percent")
        if form.cleaned_data["note"] == "never":
            raise RuleBroken("Not on a Sunday.")


urlpatterns = [path("form/", SomePage.as_view(), name="form"), *real]
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(manager, signed_in):
    with override_settings(ROOT_URLCONF=__name__):
        yield signed_in(manager)


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(client):
    answer = client.post("/form/", {"percent": "60", "note": "for her birthday"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["percent"] == ["At most 50 percent."]
    assert 'value="for her birthday"' in answer.content.decode()
    assert 'href="#id_percent"' in answer.content.decode()


def test_a_refusal_of_no_field_stands_above(client):
    answer = client.post("/form/", {"percent": "5", "note": "never"})
    assert answer.context["form"].non_field_errors() == ["Not on a Sunday."]


def test_a_form_that_was_taken_says_so_on_the_next_page(client):
    answer = client.post("/form/", {"percent": "5", "note": "x"}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "It is done." in answer.content.decode()


def test_a_form_in_a_dialog_sends_the_browser_on(client):
    answer = client.post("/form/", {"percent": "5", "note": "x"}, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/"


def test_a_form_in_a_dialog_is_a_fragment(client):
    answer = client.post("/form/", {"percent": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "<html" not in answer.content.decode()


def test_a_read_only_role_gets_no_form(auditor, signed_in, client):
    assert signed_in(auditor).get("/form/").status_code == 403
