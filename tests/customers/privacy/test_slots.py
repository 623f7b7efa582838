"""Whoever adds a table about customers must decide: what is told of it, and what becomes of it when they are erased."""

from collections import Counter

import pytest
from django.apps import apps
from django.db.models import Field

from customers.models import Customer
from customers.privacy import taking, telling


def about_customers() -> set[type]:
    """Models with a foreign key to Customer, or to a row's history of one, and those that keep a customer's id."""
    found = set()
    for model in apps.get_models():
        fields = [field for field in model._meta.get_fields() if isinstance(field, Field)]
        leads = [field for field in fields if field.related_model is Customer and model is not Customer]
        named = [field for field in fields if field.name == "customer_id" and not field.is_relation]
        if leads or named or model is Customer:
            found.add(model)
    return found


# rows of the floor that keep an id of a customer and nothing about them that is not told or taken with something else
FLOOR = {"identity.reach", "jobs.rowerror"}


def test_every_table_about_customers_is_told_to_them_or_says_why_not() -> None:
    said = {model for part in telling.told() for model in part.models}
    said |= {model for part in telling.untold() for model in part.models}
    missing = {model._meta.label_lower for model in about_customers() - said} - FLOOR
    assert not missing, (
        f"say with contribute({telling.SLOT!r}, Told(...) or Untold(...)) what customers learn of {missing}"
    )


def test_every_table_about_customers_is_taken_by_an_erasure_or_says_why_it_stays() -> None:
    said = {model for part in taking.parts() for model in part.models}
    said |= {model for part in taking.kept() for model in part.models}
    missing = {model._meta.label_lower for model in about_customers() - said}
    assert not missing, f"say with contribute({taking.SLOT!r}, ...) what an erasure does with {missing}"


def test_a_part_of_the_file_has_a_name_of_its_own() -> None:
    names = Counter(part.name for part in telling.told())
    assert max(names.values()) == 1


@pytest.mark.django_db
def test_each_part_can_be_told_and_counted_of_somebody_without_anything() -> None:
    for part in telling.told():
        assert list(part.rows([0])) == [] and len(part.labels("person")) == len(part.fields), part.name
        part.words()
    for part in taking.parts():
        rows = part.rows([0])
        assert rows is None or rows.count() == 0, part.label


@pytest.mark.django_db
def test_what_is_sealed_can_be_told_in_words() -> None:
    parts = (part for part in taking.parts() if part.category == taking.Category.IDENTITY)
    sealed = {model for part in parts if part.rows([0]) is not None for model in part.models}
    assert sealed and sealed <= {part.model for part in telling.told()}
