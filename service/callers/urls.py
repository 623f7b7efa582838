from django.urls import path

from service.callers import views

urlpatterns = [
    path("tickets/add/nobody/", views.NewTicketOfNobody.as_view(), name="ticket_of_nobody"),
    path("callers/<int:pk>/", views.CallerPage.as_view(), name="caller"),
    path("callers/<int:pk>/join/", views.JoinCaller.as_view(), name="caller_join"),
    path("callers/<int:pk>/reveal/<str:kind>/", views.RevealCaller.as_view(), name="caller_reveal"),
    path("customers/<int:pk>/mandate/", views.NoteMandate.as_view(), name="customer_mandate"),
    path("mandates/<int:pk>/end/", views.EndMandate.as_view(), name="mandate_end"),
]
