from django.urls import path

from customers.companies import views

urlpatterns = [
    path("companies/", views.CompanyList.as_view(), name="companies"),
    path("customers/<int:pk>/company/figures/", views.TellPeriod.as_view(), name="company_period"),
    path("customers/<int:pk>/company/figures/<slug:year>/", views.TellFigures.as_view(), name="company_figures"),
    path("customers/<int:pk>/company/<slug:what>/", views.AddNote.as_view(), name="company_note"),
    path("companies/outside-party/<int:pk>/", views.CorrectParty.as_view(), name="outside_party"),
    path("companies/<slug:what>/<int:pk>/", views.CorrectNote.as_view(), name="company_correct"),
    path("companies/person/<int:pk>/<slug:kind>/", views.RevealPerson.as_view(), name="company_person_reveal"),
    path("figure-kinds/", views.FigureKindList.as_view(), name="figure_kinds"),
    path("figure-kinds/<int:pk>/", views.ChangeThreshold.as_view(), name="figure_kind"),
    path("groups/", views.GroupList.as_view(), name="company_groups"),
    path("groups/new/", views.NewGroup.as_view(), name="company_group_add"),
    path("groups/<int:pk>/", views.GroupPage.as_view(), name="company_group"),
    path("groups/<int:pk>/add/", views.JoinGroup.as_view(), name="company_group_join"),
    path("groups/<int:pk>/limit/", views.LimitGroup.as_view(), name="company_group_limit"),
    path("group-members/<int:pk>/leave/", views.LeaveGroup.as_view(), name="company_group_leave"),
]
