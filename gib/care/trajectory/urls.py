"""Addresses of a trajectory: its stages, goals, steps and reviews."""

from django.urls import path

from gib.care.trajectory import views
from gib.care.trajectory.views import network, outreach, scores

app_name = "trajectory"
urlpatterns = [
    path("moeders/<uuid:dossier_id>/traject/voorstellen/", views.propose, name="propose"),
    path("trajecten/<uuid:trajectory_id>/stilzetten/", views.pause, name="pause"),
    path("trajecten/<uuid:trajectory_id>/sluiten/", views.close, name="close"),
    path("trajecten/<uuid:trajectory_id>/doel/", views.goal_add, name="goal_add"),
    path("trajecten/<uuid:trajectory_id>/stap/", views.step_add, name="step_add"),
    path("trajecten/<uuid:trajectory_id>/bespreken/", views.review, name="review"),
    path("trajecten/<uuid:trajectory_id>/toen-en-nu/", scores.then_and_now, name="then_and_now"),
    path("trajecten/<uuid:trajectory_id>/toen-en-nu.pdf", scores.paper, name="scores_paper"),
    path("trajecten/<uuid:trajectory_id>/cijfers/<uuid:review_id>/", scores.scores, name="scores"),
    path("trajecten/<uuid:trajectory_id>/netwerk/", network.network, name="network"),
    path("trajecten/<uuid:trajectory_id>/netwerk/tekenen/", network.draw, name="network_draw"),
    path("trajecten/<uuid:trajectory_id>/netwerk/niet/", network.refuse, name="network_refuse"),
    path("trajecten/<uuid:trajectory_id>/netwerk/wissen/", network.erase, name="network_erase"),
    path("trajecten/<uuid:trajectory_id>/netwerk/<uuid:person_id>/", network.person, name="network_person"),
    path("trajecten/<uuid:trajectory_id>/netwerk/<uuid:person_id>/weg/", network.take, name="network_take"),
    path("cijferblad.pdf", scores.blank, name="scores_blank"),
    path("trajecten/<uuid:trajectory_id>/bereiken/", outreach.outreach, name="outreach"),
    path("trajecten/<uuid:trajectory_id>/verder/<str:to>/", views.move, name="move"),
    path("doelen/<uuid:goal_id>/cijfer/", views.goal_mark, name="goal_mark"),
    path("doelen/<uuid:goal_id>/afsluiten/", views.goal_close, name="goal_close"),
    path("stappen/<uuid:step_id>/", views.step_tick, name="step_tick"),
    path("stappen/<uuid:step_id>/<str:to>/", views.step_press, name="step_press"),
]
