"""The addresses of pages about the screen itself."""

from django.urls import path

from gib.core.ui import views

app_name = "ui"
urlpatterns = [
    path("onderdelen/", views.gallery, name="gallery"),
    path("hulp/", views.help_page, name="help"),
    path("hulp/toetsen/", views.keys, name="keys"),
    path("voorkeur/", views.preference, name="preference"),
]
