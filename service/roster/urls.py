from django.urls import path

from service.roster import acting, views

urlpatterns = [
    path("rosters/", views.RosterList.as_view(), name="rosters"),
    path("rosters/add/", acting.MakeRoster.as_view(), name="roster_add"),
    path("rosters/<int:pk>/", views.RosterPage.as_view(), name="roster"),
    path("rosters/<int:pk>/publish/", acting.PublishRoster.as_view(), name="roster_publish"),
    path("rosters/<int:pk>/shift/", acting.AddShift.as_view(), name="shift_add"),
    path("teams/<int:pk>/demand/", acting.TeamDemand.as_view(), name="roster_demand"),
    path("shifts/<int:pk>/remove/", acting.RemoveShift.as_view(), name="shift_remove"),
    path("shifts/<int:pk>/swap/", acting.AskSwap.as_view(), name="shift_swap"),
    path("swaps/<int:pk>/decide/", acting.DecideSwap.as_view(), name="swap_decide"),
]
