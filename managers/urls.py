from django.urls import include, path

from managers.assigning.urls import urlpatterns as assigning
from managers.books.urls import urlpatterns as books
from managers.events import guests, plans, views
from managers.gifts import views as gifts
from managers.handovers.urls import urlpatterns as handovers
from managers.leading.urls import urlpatterns as leading
from managers.staff.urls import urlpatterns as staff
from managers.teams.urls import urlpatterns as teams
from managers.todo import views as todo

urlpatterns = [
    path("", include("managers.sales.urls")),
    path("", include("managers.referrals.urls")),
    path("", include("managers.cadence.urls")),
    path("", include("managers.day.urls")),
    path("", include("managers.meetings.urls")),
    path("", include("managers.requests.urls")),
    path("", include("managers.targets.urls")),
    path("", include("managers.prospects.urls")),
    path("", include("managers.advice.urls")),
    path("", include("managers.plans.urls")),
    path("tasks/", todo.TaskList.as_view(), name="tasks"),
    path("tasks/closed/", todo.ClosedTaskList.as_view(), name="tasks_closed"),
    path("tasks/<int:pk>/close/", todo.CloseTask.as_view(), name="task_close"),
    *books,
    *handovers,
    *assigning,
    *leading,
    *teams,
    *staff,
    path("events/", views.EventList.as_view(), name="events"),
    path("events/new/", plans.PlanEvent.as_view(), name="event_add"),
    path("events/<int:pk>/", views.EventPage.as_view(), name="event"),
    path("events/<int:pk>/change/", plans.ChangeEvent.as_view(), name="event_change"),
    path("events/<int:pk>/open/", plans.OpenEvent.as_view(), name="event_open"),
    path("events/<int:pk>/close-answers/", plans.CloseAnswers.as_view(), name="event_close_answers"),
    path("events/<int:pk>/held/", plans.HoldEvent.as_view(), name="event_hold"),
    path("events/<int:pk>/cancel/", plans.CancelEvent.as_view(), name="event_cancel"),
    path("events/<int:pk>/invite/", guests.InviteGuests.as_view(), name="event_invite"),
    path("events/guests/<int:pk>/answer/", guests.AnswerGuest.as_view(), name="guest_answer"),
    path("events/guests/<int:pk>/check-in/", guests.CheckIn.as_view(), name="guest_check_in"),
    path("events/<int:pk>/gifts/", gifts.RecordForGuests.as_view(), name="event_gifts"),
    path("gifts/", gifts.GiftList.as_view(), name="gifts"),
    path("gifts/given/", gifts.GivenList.as_view(), name="gifts_given"),
    path("gifts/new/", gifts.RecordGift.as_view(), name="gift_add"),
    path("gifts/<int:pk>/strike/", gifts.StrikeGift.as_view(), name="gift_strike"),
]
