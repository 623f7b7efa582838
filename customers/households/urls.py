from django.urls import path

from customers.households import views

urlpatterns = [
    path("households/", views.HouseholdList.as_view(), name="households"),
    path("households/new/", views.NewHousehold.as_view(), name="household_add"),
    path("households/<int:pk>/", views.HouseholdPage.as_view(), name="household"),
    path("households/<int:pk>/add/", views.AddMember.as_view(), name="household_member_add"),
    path("household-members/<int:pk>/leave/", views.Leave.as_view(), name="household_leave"),
    path("household-members/<int:pk>/pooling/", views.Pooling.as_view(), name="household_pooling"),
    path("household-members/<int:pk>/head/", views.MakeHead.as_view(), name="household_head"),
]
