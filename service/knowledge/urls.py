from django.urls import path

from service.knowledge import acting, suggesting, views

urlpatterns = [
    path("articles/", views.ArticleList.as_view(), name="articles"),
    path("articles/add/", acting.NewArticle.as_view(), name="article_add"),
    path("articles/use/", views.UseList.as_view(), name="article_use"),
    path("articles/suggestions/", suggesting.Suggestions.as_view(), name="article_suggestions"),
    path("articles/<int:pk>/", views.ArticlePage.as_view(), name="article"),
    path("articles/<int:pk>/versions/<int:number>/", views.VersionPage.as_view(), name="article_version"),
    path("articles/<int:pk>/change/", acting.ChangeArticle.as_view(), name="article_change"),
    path("articles/<int:pk>/confirm/", acting.Confirm.as_view(), name="article_confirm"),
    path("articles/<int:pk>/withdraw/", acting.Withdraw.as_view(), name="article_withdraw"),
    path("articles/<int:pk>/rate/", acting.Rate.as_view(), name="article_rate"),
    path("tickets/<int:pk>/articles/", acting.LinkArticle.as_view(), name="ticket_article"),
]
