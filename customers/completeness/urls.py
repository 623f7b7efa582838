from django.urls import path, register_converter

from customers.completeness import views


class Act:
    regex = "confirm|ask|leave"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Act, "act")

urlpatterns = [
    path("customers/<int:pk>/fields/<slug:field>/answer/", views.AnswerField.as_view(), name="customer_answer"),
    path("customers/<int:pk>/fields/<slug:field>/<act:act>/", views.ActOnField.as_view(), name="customer_field"),
]
