from django.urls import path

from customers.preferences import views

urlpatterns = [
    path("customers/<int:pk>/preferences/<slug:kind>/", views.NotePreference.as_view(), name="customer_preference"),
    path("preferences/<int:pk>/end/", views.EndPreference.as_view(), name="preference_end"),
]
