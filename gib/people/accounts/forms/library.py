"""The forms of the sign-in library, with our words, our slowness and our codes."""

from typing import Any, Final

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.ui.forms import HouseForm
from gib.people.accounts import hidden
from gib.people.accounts.adapters import MfaAdapter, now, refuse_haste
from gib.people.accounts.models import Attempts, RecoveryCode
from gib.people.accounts.validators import LONGEST

#: A code of an app is good for at most three steps of 30 seconds; it is remembered longer than that.
_REMEMBERED_SECONDS: Final = 150
_LONGEST_CODE: Final = 40


class Dressed:
    """What the templates of the house ask of a form."""

    problems = HouseForm.problems
    theirs = None
    fields: dict[str, forms.Field]

    def say(self, **labels: Any) -> None:
        """Put our labels on the fields, and take away hints inside the boxes."""
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)

    def limit(self, name: str, longest: int) -> None:
        """Refuse what is longer than anybody needs, before it is hashed."""
        self.fields[name].validators.append(MaxLengthValidator(longest))


class SignIn(Dressed, LoginForm):
    """Neutral name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say(login=_("Gebruikersnaam"), password=_("Wachtwoord"))
        self.fields["login"].help_text = _("Die staat in uw brief en begint met gib-")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.limit("password", LONGEST)


class PasswordAgain(Dressed, ReauthenticateForm):
    """The password once more, before keys are changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say(password=_("Wachtwoord"))


class ChangePassword(Dressed, ChangePasswordForm):
    """The old password, and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = (_("Wachtwoord van nu"), _("Nieuw wachtwoord"), _("Nieuw wachtwoord, nog een keer"))
        self.say(oldpassword=labels[0], password1=labels[1], password2=labels[2])
        self.fields["password1"].help_text = password_hint()


def password_hint() -> str:
    """Say what a password must be, before anybody is refused."""
    return _("Minstens 15 tekens. Een zin van vier of vijf woorden werkt goed. Plakken mag.")


class SecondFactor(Dressed, AuthenticateForm):
    """A code of an app, or one of the list on paper."""

    was_asked_again = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say(code=_("Code"))
        self.fields["code"].help_text = _("Zes cijfers uit de app, of een code van uw papieren lijst.")
        self.limit("code", _LONGEST_CODE)

    def clean_code(self) -> str:
        """Judge a code once the guesses before it have been waited for; each code works once."""
        code = str(self.cleaned_data["code"]).strip()
        refuse_haste(Attempts.begin("second", str(self.user.pk), now().at))
        self.authenticator = self._app_that_shows(code)
        if self.authenticator is None and not RecoveryCode.use(self.user.pk, code, now().at):
            raise MfaAdapter().validation_error("incorrect_code")
        Attempts.forget("second", str(self.user.pk))
        return code

    def _app_that_shows(self, code: str) -> Authenticator | None:
        app = Authenticator.objects.filter(user_id=self.user.pk, type=Authenticator.Type.TOTP).first()
        shows = app is not None and app.wrap().validate_code(code) and is_first_use(self.user, code)
        return app if shows else None

    def save(self) -> None:
        """Note in the session which factor was shown."""
        if self.authenticator:
            post_authentication(context.request, self.authenticator, reauthenticated=self.was_asked_again)
            return
        extra = {"reauthenticated": True} if self.was_asked_again else {}
        record_authentication(context.request, self.user, "mfa", type="recovery_codes", **extra)


class SecondFactorAgain(SecondFactor):
    """The second factor once more, before keys are changed."""

    was_asked_again = True


def is_first_use(user: Any, code: str) -> bool:
    """Use up a code of an app, for all processes: within its minute and a half it works once (RFC 6238)."""
    digits = "".join(filter(str.isdigit, code))
    return bool(cache.add(f"gib.totp:{user.pk}:{digits}", 1, timeout=_REMEMBERED_SECONDS))


class AddApp(Dressed, ActivateTOTPForm):
    """A first code, as proof that the app was set up. Until then its secret waits sealed in the session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        super(ActivateTOTPForm, self).__init__(*args, **kwargs)
        self.say(code=_("Code uit de app"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "w-s"}
        self.secret = self._waiting_secret()

    def _waiting_secret(self) -> str:
        session = context.request.session
        if not (self.is_bound and session.get(totp.SECRET_SESSION_KEY)):
            session[totp.SECRET_SESSION_KEY] = hidden.seal(totp.generate_totp_secret())
        return hidden.unseal(session[totp.SECRET_SESSION_KEY])

    def clean_code(self) -> str:
        """Refuse a code that the app cannot have shown."""
        code = str(self.cleaned_data["code"])
        refuse_haste(Attempts.begin("second", str(self.user.pk), now().at))
        if not (totp.validate_totp_code(self.secret, code) and is_first_use(self.user, code)):
            raise MfaAdapter().validation_error("incorrect_code")
        Attempts.forget("second", str(self.user.pk))
        return code


class RemoveApp(Dressed, DeactivateTOTPForm):
    """Nothing to fill in; it refuses when this is the only key."""


class AddKey(Dressed, AddWebAuthnForm):
    """A key or a passkey. It gets a number and no name, since people would write their own."""

    name = None
    passwordless = forms.BooleanField(
        label=gettext_lazy("Met deze sleutel kan ik ook zonder wachtwoord aanmelden"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who has no password can only come in with a key that works alone.
        self.fields["passwordless"].disabled = not self.user.has_usable_password()

    def clean(self) -> dict[str, Any]:
        """Check the key, and number it."""
        cleaned: dict[str, Any] = super().clean()
        return cleaned | {"name": self.initial["name"]}
