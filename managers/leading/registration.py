"""What the head's view adds to the addresses."""

from django.urls import path

from crm.base.slots import contribute
from managers.leading.viewsets import ManagerFiguresView


def register() -> None:
    contribute("api.paths", path("managers/<int:pk>/figures/", ManagerFiguresView.as_view(), name="manager-figures"))
