from django.urls import path

from customers.life_events import views

urlpatterns = [
    path("customers/<int:pk>/life-events/", views.NoteLifeEvent.as_view(), name="customer_life_event"),
    path("life-events/<int:pk>/correct/", views.CorrectLifeEvent.as_view(), name="life_event_correct"),
    path("life-events/<int:pk>/strike/", views.StrikeLifeEvent.as_view(), name="life_event_strike"),
]
