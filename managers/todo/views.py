"""Tasks: what is open, what was closed, and closing one."""

from typing import Any, ClassVar

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from crm.base.pages import Action, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from managers.models import Task
from managers.todo.filters import OpenTaskFilter
from managers.todo.forms import CloseForm
from managers.todo.links import LINKS
from managers.todo.services import close_task, closing_of
from managers.todo.tables import ClosedTaskTable, TaskTable
from segmentation.decisions.views import crumbs_of


class TaskList(ListPage):
    permission = "tasks:read"
    title: Text = gettext_lazy("Tasks")
    queryset = Task.objects.open().select_related("customer__manager", "manager")
    filterset_class = OpenTaskFilter
    table_class: ClassVar[type[TaskTable]] = TaskTable
    ordering_fields = {"due_on": "due_on"}
    ordering = "due_on"
    actions = [Action(gettext_lazy("Closed tasks"), "tasks_closed", icon="checklist")]
    empty = Empty(
        gettext_lazy("Nothing to do"),
        gettext_lazy("What needs somebody's hand stands here, such as a refund that the bank's core refused."),
        icon="checklist",
    )


class ClosedTaskList(TaskList):
    title = gettext_lazy("Closed tasks")
    parents = [(gettext_lazy("Tasks"), "tasks")]
    queryset = Task.objects.closed().select_related("customer__manager", "manager", "closed_by")
    table_class = ClosedTaskTable
    ordering_fields = {"closed_at": "closed_at"}
    ordering = "-closed_at"
    actions = []
    empty = Empty(gettext_lazy("Nothing was closed yet"), icon="checklist")


class CloseTask(FormPage):
    permission = "tasks:write"
    title = gettext_lazy("Close the task")
    form_class = CloseForm
    submit = gettext_lazy("Close it")
    done = gettext_lazy("The task is closed.")

    @cached_property
    def task(self) -> Task:
        rows = Task.objects.open().visible_to(self.request.user).select_related("customer", "manager")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        if self.task.customer is None:
            return [Crumb(gettext_lazy("Books"), reverse("managers")), Crumb(str(self.task.manager), self.task.place)]
        return crumbs_of(self.task.customer)

    def get_success_url(self) -> str:
        return self.task.place

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = format_html("{}", str(self.task))
        if self.task.kind in LINKS:
            label, url_of = LINKS[self.task.kind]
            intro += format_html(' <a class="text-decoration-underline" href="{}">{}</a>', url_of(self.task), label)
        if closing := closing_of(self.task):
            intro += format_html("<br>{}", closing.said)
        return super().get_context_data(**{"intro": intro, "cancel_url": self.get_success_url()} | kwargs)

    def perform(self, form: forms.Form) -> Task:
        return close_task(task=self.task, by=self.request.user, as_of=timezone.now(), **form.cleaned_data)
