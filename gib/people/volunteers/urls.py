"""Addresses of volunteers."""

from django.urls import path

from gib.people.volunteers.views import availability, claims, expenses, groups, requirements, volunteers

app_name = "volunteers"
urlpatterns = [
    path("vrijwilligers/", volunteers.volunteers, name="volunteers"),
    path("vrijwilligers/nieuw/", volunteers.register, name="register"),
    path("vrijwilligers/<uuid:volunteer_id>/", volunteers.volunteer, name="volunteer"),
    path("vrijwilligers/<uuid:volunteer_id>/verbeteren/", volunteers.correct, name="correct"),
    path("vrijwilligers/<uuid:volunteer_id>/gezien/", requirements.complete, name="complete"),
    path("vrijwilligers/<uuid:volunteer_id>/toegang/", requirements.permit, name="permit"),
    path("vrijwilligers/<uuid:volunteer_id>/vrijstelling/", requirements.exempt, name="exempt"),
    path(
        "vrijwilligers/vrijstelling/<uuid:exemption_id>/stopt/",
        requirements.end_exemption,
        name="exemption_end",
    ),
    path("vrijwilligers/<uuid:volunteer_id>/stap/<str:to>/", volunteers.step, name="step"),
    path("vrijwilligers/<uuid:volunteer_id>/stoppen/", volunteers.leave, name="leave"),
    path("vrijwilligers/<uuid:volunteer_id>/tijd/", availability.time, name="time"),
    path("vrijwilligers/<uuid:volunteer_id>/tijd/week/", availability.week, name="week"),
    path("vrijwilligers/<uuid:volunteer_id>/tijd/wensen/", availability.wishes, name="wishes"),
    path("vrijwilligers/<uuid:volunteer_id>/tijd/weg/", availability.away, name="away"),
    path("vrijwilligers/tijd/<uuid:absence_id>/terug/", availability.back, name="back"),
    path("mijn-gegevens/", volunteers.own, name="own"),
    path("mijn-tijd/", availability.own_time, name="own_time"),
    path("vrijwilligers/training/", groups.trainings, name="trainings"),
    path("vrijwilligers/training/nieuw/", groups.training_add, name="training_add"),
    path("vrijwilligers/training/<int:training_id>/", groups.training, name="training"),
    path("vrijwilligers/training/<int:training_id>/inschrijven/", groups.training_join, name="training_join"),
    path("vrijwilligers/training/<int:training_id>/afronden/", groups.training_close, name="training_close"),
    path("vrijwilligers/training/dag/<int:session_id>/", groups.training_day, name="training_day"),
    path("vrijwilligers/training/wie/<uuid:trainee_id>/stopt/", groups.training_stop, name="training_stop"),
    path("mijn-onkosten/", expenses.own_claims, name="own_claims"),
    path("mijn-onkosten/nieuw/", expenses.claim_add, name="claim_add"),
    path("mijn-onkosten/rekening/", expenses.account, name="account"),
    path("mijn-onkosten/elders/", expenses.elsewhere, name="elsewhere"),
    path("mijn-onkosten/opgave/<int:year>/", expenses.waived, name="waived"),
    path("mijn-onkosten/<uuid:claim_id>/", expenses.claim_change, name="claim_change"),
    path("onkosten/", claims.claims, name="claims"),
    path("onkosten/uitbetalen/", claims.payout, name="payout"),
    path("onkosten/uitbetaald/<uuid:payout_id>/", claims.payout_made, name="payout_made"),
    path("onkosten/uitbetaald/<uuid:payout_id>/bestand/", claims.payout_file, name="payout_file"),
    path("onkosten/<uuid:claim_id>/", claims.claim, name="claim"),
    path("onkosten/<uuid:claim_id>/tegenboeken/", claims.counter, name="claim_counter"),
    path("onkosten/<uuid:claim_id>/<str:to>/", claims.decline, name="claim_decline"),
    path("vrijwilligers/<uuid:volunteer_id>/vergoeding/", claims.mode, name="claim_mode"),
]
