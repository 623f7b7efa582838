from django.urls import path

from managers.sales import board, changing, forecast, views

urlpatterns = [
    path("pipeline/", views.OpportunityList.as_view(), name="pipeline"),
    path("pipeline/forecast/", forecast.Forecast.as_view(), name="pipeline_forecast"),
    path("pipeline/board/", board.Board.as_view(), name="pipeline_board"),
    path("pipeline/board/<slug:stage>/", board.BoardColumn.as_view(), name="pipeline_column"),
    path("pipeline/<int:pk>/place/", board.PlaceCard.as_view(), name="opportunity_place"),
    path("pipeline/<int:pk>/", views.OpportunityPage.as_view(), name="opportunity"),
    path("pipeline/<int:pk>/change/", changing.ChangeOpportunity.as_view(), name="opportunity_change"),
    path("pipeline/<int:pk>/move/", changing.MoveOpportunity.as_view(), name="opportunity_move"),
    path("pipeline/<int:pk>/lose/", changing.LoseOpportunity.as_view(), name="opportunity_lose"),
    path("pipeline/<int:pk>/reopen/", changing.ReopenOpportunity.as_view(), name="opportunity_reopen"),
    path("customers/<int:pk>/opportunities/add/", changing.OpenOpportunity.as_view(), name="opportunity_add"),
]
