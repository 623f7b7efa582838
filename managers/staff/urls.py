from django.urls import path

from managers.staff import asking, scorecards, views

urlpatterns = [
    path("managers/certificates/", views.CertificateList.as_view(), name="certificates"),
    path("managers/certificates/<int:pk>/withdraw/", views.WithdrawCertificate.as_view(), name="certificate_withdraw"),
    path("managers/scorecards/", scorecards.ScorecardList.as_view(), name="scorecards"),
    path("managers/<int:pk>/scorecard/", scorecards.ScorecardPage.as_view(), name="manager_scorecard"),
    path("managers/<int:pk>/scorecard/close/", scorecards.CloseYear.as_view(), name="scorecard_close"),
    path("managers/<int:pk>/scorecard/<slug:figure>/", scorecards.ScorecardRows.as_view(), name="scorecard_figure"),
    path("managers/standards/", asking.StandardsOfManagers.as_view(), name="manager_standards"),
    path("managers/standards/change/", asking.ProposeStandards.as_view(), name="manager_standards_change"),
    path("managers/<int:pk>/qualifications/", views.Qualifications.as_view(), name="manager_qualifications"),
    path("managers/<int:pk>/grade/", views.SayGrade.as_view(), name="grade_add"),
    path("managers/<int:pk>/certificate/", views.RecordCertificate.as_view(), name="certificate_add"),
    path("managers/<int:pk>/training/", views.RecordTraining.as_view(), name="training_add"),
    path("managers/<int:pk>/skills/", views.SaySkills.as_view(), name="manager_skills"),
]
