from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from managers.models import Certificate, ManagerGrade, Scorecard, Training
from tests.factories.identity import UserFactory

MADE = datetime(2026, 1, 1, 1, tzinfo=UTC)


class _OfManager(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    manager = factory.SubFactory(UserFactory, manager=True)
    made_by = factory.SubFactory(UserFactory, head=True)
    made_at = MADE


class ManagerGradeFactory(_OfManager):
    """Senior since the beginning of the year."""

    class Meta:
        model = ManagerGrade

    grade = "senior"
    since = date(2026, 1, 1)


class CertificateFactory(_OfManager):
    """Valid for long."""

    class Meta:
        model = Certificate

    kind = Certificate.Kind.CFP
    number = factory.Sequence(lambda number: f"C{number:06}")
    issued_on = date(2024, 1, 1)
    valid_until = date(2098, 1, 1)


class TrainingFactory(_OfManager):
    class Meta:
        model = Training

    title = "Suitability of funds"
    held_on = date(2026, 2, 1)
    hours = Decimal("8.0")


class ScorecardFactory(factory.django.DjangoModelFactory):
    """Three of four customers stayed."""

    class Meta:
        model = Scorecard

    manager = factory.SubFactory(UserFactory, manager=True)
    year = 2025
    figures = {"retention": {"part": "3", "whole": "4", "value": "75.0"}}
    closed_by = factory.SubFactory(UserFactory, head=True)
    closed_at = MADE
