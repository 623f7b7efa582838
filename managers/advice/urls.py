from django.urls import path

from managers.advice import changing, views

urlpatterns = [
    path("advice/", views.AdviceList.as_view(), name="advice"),
    path("advice/<int:pk>/", views.AdvicePage.as_view(), name="advice_one"),
    path("advice/<int:pk>/draft/", changing.ChangeDraft.as_view(), name="advice_draft"),
    path("advice/<int:pk>/throw-away/", changing.ThrowAway.as_view(), name="advice_throw_away"),
    path("advice/<int:pk>/versions/<int:number>.pdf", views.AdvicePaper.as_view(), name="advice_pdf"),
    path("advice/<int:pk>/hand-over/", changing.HandOver.as_view(), name="advice_hand_over"),
    path("advice/<int:pk>/answer/", changing.RecordAnswer.as_view(), name="advice_answer"),
    path("customers/<int:pk>/advice/", views.CustomerAdvice.as_view(), name="customer_advice"),
    path("customers/<int:pk>/advice/new/", changing.DraftAdvice.as_view(), name="advice_add"),
]
