"""Addresses of a trajectory: its stages, goals, steps and reviews."""

from django.urls import path

from gib.care.trajectory import views

app_name = "trajectory"
urlpatterns = [
    path("moeders/<uuid:dossier_id>/traject/voorstellen/", views.propose, name="propose"),
    path("trajecten/<uuid:trajectory_id>/stilzetten/", views.pause, name="pause"),
    path("trajecten/<uuid:trajectory_id>/sluiten/", views.close, name="close"),
    path("trajecten/<uuid:trajectory_id>/doel/", views.goal_add, name="goal_add"),
    path("trajecten/<uuid:trajectory_id>/stap/", views.step_add, name="step_add"),
    path("trajecten/<uuid:trajectory_id>/bespreken/", views.review, name="review"),
    path("trajecten/<uuid:trajectory_id>/verder/<str:to>/", views.move, name="move"),
    path("doelen/<uuid:goal_id>/cijfer/", views.goal_mark, name="goal_mark"),
    path("doelen/<uuid:goal_id>/afsluiten/", views.goal_close, name="goal_close"),
    path("stappen/<uuid:step_id>/", views.step_tick, name="step_tick"),
    path("stappen/<uuid:step_id>/<str:to>/", views.step_press, name="step_press"),
]
