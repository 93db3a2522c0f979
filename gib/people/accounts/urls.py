"""Addresses of signing in: our own, and those of the library under the names it asks for."""

from django.urls import path, re_path

from gib.people.accounts.views import demo, door, library, people, screen

app_name = "accounts"

_ACTS = "bevestigen|beeindigen|intrekken|opnieuw|nieuw-begin"
_ADMIN_ACTS = "bevestigen|beeindigen|afmelden"

urlpatterns = [
    path("uitnodiging/", door.welcome, name="welcome"),
    path("tweede-sleutel/codes/", door.codes, name="codes"),
    path("sessies/", door.own_sessions, name="sessions"),
    path("rol/", door.choose_role, name="choose_role"),
    path("toegang/", people.people, name="people"),
    path("toegang/uitnodigen/", people.invite, name="invite"),
    path("toegang/brief/<uuid:pk>/", people.letter, name="letter"),
    re_path(rf"^toegang/(?P<key>[0-9a-f-]+)/(?P<what>{_ACTS})/$", people.act_on, name="act_on"),
    path("accounts/", people.accounts, name="accounts"),
    re_path(rf"^accounts/(?P<key>[0-9a-f-]+)/(?P<what>{_ADMIN_ACTS})/$", people.manage, name="manage"),
    path("scherm/", screen.take_back, name="take_back"),
    path("scherm/geven/", screen.lend, name="lend"),
    path("demo/", demo.doors, name="demo"),
]

#: To be included without a namespace: the library looks these names up.
library_urls = [
    path("inloggen/", library.sign_in, name="account_login"),
    path("inloggen/sleutel/", library.sign_in_with_key, name="mfa_login_webauthn"),
    path("inloggen/code/", library.second_factor, name="mfa_authenticate"),
    path("inloggen/opnieuw/", library.password_again, name="account_reauthenticate"),
    path("inloggen/opnieuw/code/", library.second_factor_again, name="mfa_reauthenticate"),
    path("inloggen/opnieuw/sleutel/", library.key_again, name="mfa_reauthenticate_webauthn"),
    path("inloggen/wachtwoord/", library.change_password, name="account_change_password"),
    path("uitloggen/", library.sign_out, name="account_logout"),
    path("tweede-sleutel/", door.keys, name="mfa_index"),
    path("tweede-sleutel/app/", library.add_app, name="mfa_activate_totp"),
    path("tweede-sleutel/app/weg/", library.remove_app, name="mfa_deactivate_totp"),
    path("tweede-sleutel/sleutel/", library.add_key, name="mfa_add_webauthn"),
    path("tweede-sleutel/sleutels/", door.to_keys, name="mfa_list_webauthn"),
    path("tweede-sleutel/sleutel/<int:pk>/weg/", library.remove_key, name="mfa_remove_webauthn"),
]
