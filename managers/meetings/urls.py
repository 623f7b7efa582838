from django.urls import path

from managers.meetings import views

urlpatterns = [
    path("meetings/", views.MeetingList.as_view(), name="meetings"),
    path("meetings/<int:pk>/cancel/", views.CancelMeeting.as_view(), name="meeting_cancel"),
    path("customers/<int:pk>/meetings/new/", views.ArrangeMeeting.as_view(), name="meeting_add"),
]
