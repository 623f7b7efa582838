"""Books side by side for who leads, and the customers of one book."""

from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, ListPage
from customers.models import Customer
from managers.books.filters import ManagerFilter
from managers.books.querysets import uncovered
from managers.books.views.managers import OfManager
from managers.leading.figures import book_figures
from managers.leading.querysets import with_figures
from managers.leading.sides import sides_of
from managers.leading.tables import BooksTable, BookTable, told_columns
from managers.models import Manager, MoveSuggestion
from segmentation.models import Published


class ManagerList(ListPage):
    """What stands above the list is of all in reach, whatever the filter."""

    permission = "managers:read"
    title = _("Books")
    template_name = "managers/leading/books.html"
    queryset = Manager.objects.at_work().select_related("branch", "book_profile")
    filterset_class = ManagerFilter
    table_class: ClassVar[Any] = BooksTable
    ordering_fields = {"username": "username"}
    ordering = "username"
    page_size = 30
    actions = [
        Action(_("Assigning"), "assignment_runs", icon="users-plus", permission="assignment-runs:read"),
        Action(_("Teams"), "teams", icon="users", permission="teams:read"),
        Action(_("Certificates"), "certificates", icon="certificate", permission="certificates:read"),
    ]
    empty = Empty(
        _("No manager in your reach"),
        _("Here stand the managers of your branches, and what each carries."),
        icon="users",
    )

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_book(timezone.localdate())

    def table_options(self) -> dict[str, Any]:
        return {"extra_columns": told_columns()}

    def table(self, rows: Any) -> Any:
        sides = sides_of([row.pk for row in rows], self.request.user)
        for row in rows:
            row.side = sides[row.pk]
        return super().table(rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        at_work = super().get_queryset()
        today = timezone.localdate()
        is_away = Q(absences__since__lte=today, absences__until__gt=today)
        counted = at_work.aggregate(at_work=Count("pk", distinct=True), away=Count("pk", filter=is_away, distinct=True))
        tiles = counted | {
            "uncovered": uncovered(Customer.objects.visible_to(user)).count(),
            "suggested": MoveSuggestion.objects.visible_to(user).open().count(),
        }
        return super().get_context_data(**{"tiles": tiles, "published": Published.objects.first()} | kwargs)


class BookList(OfManager, ListPage):
    """Whom a manager looks after, within the reach of who asks: the rows of the figures in the list of books."""

    permission = "managers:read"
    template_name = "managers/leading/book.html"
    queryset = Customer.objects.unmerged().select_related("branch")
    table_class: ClassVar[Any] = BookTable
    ordering_fields = {"name": "sort_key"}
    ordering = "name"
    empty = Empty(_("Nobody is in this book"), icon="book")

    def get_queryset(self) -> QuerySet:
        return with_figures(super().get_queryset().filter(manager=self.manager.pk))

    def get_title(self) -> str:
        return _("Book of %(manager)s") % {"manager": self.manager}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        side = sides_of([self.manager.pk], self.request.user)[self.manager.pk]
        shown = {
            "side": side,
            "manager": self.manager,
            "more": [(each.label, side.more[each.code]) for each in book_figures() if each.code in side.more],
            "published": Published.objects.first(),
        }
        return super().get_context_data(**shown | kwargs)
