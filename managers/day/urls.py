from django.urls import path

from managers.day import calendar, views
from managers.day.brief_views import BriefPage, BriefPaper

urlpatterns = [
    path("day/", views.DayPage.as_view(), name="day"),
    path("day/log/", views.LogFromDay.as_view(), name="day_log"),
    path("day/snooze/", views.SnoozeRow.as_view(), name="day_snooze"),
    path("day/dismiss/", views.DismissRow.as_view(), name="day_dismiss"),
    path("day/tasks/<int:pk>/close/", views.CloseFromDay.as_view(), name="day_close"),
    path("customers/<int:pk>/brief/", BriefPage.as_view(), name="customer_brief"),
    path("customers/<int:pk>/brief.pdf", BriefPaper.as_view(), name="customer_brief_pdf"),
    path("calendar/", calendar.CalendarPage.as_view(), name="calendar"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar_feed"),
]
