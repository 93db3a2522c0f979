"""Where the library asks us: about sign-in, codes, messages and secrets."""

from typing import Any, ClassVar, Final

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.kernel.clock import Now, now_on
from gib.people.accounts import actions, hidden, sessions
from gib.people.accounts.domain import ALARM_FAILURES
from gib.people.accounts.models import Attempts, User, business_day

_FIRM: Final = frozenset({Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN})
#: What the library wants to say -> our words; the rest stays unsaid.
_SAID: Final = {
    "mfa/messages/totp_activated.txt": gettext_lazy("De app op uw telefoon is toegevoegd."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("De app op uw telefoon is weggehaald."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("De sleutel is toegevoegd."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("De sleutel is weggehaald."),
    "account/messages/password_changed.txt": gettext_lazy("Uw wachtwoord is gewijzigd."),
}


def now() -> Now:
    """Give the moment and the business day, for what the library does by itself."""
    return now_on(business_day())


def refuse_haste(wait: int) -> None:
    """Ask somebody who guesses to wait.

    Raises:
        ValidationError: there are seconds to wait.
    """
    if wait:
        text = _("Te veel pogingen. Wacht %(seconds)d seconden en probeer het dan opnieuw.")
        raise ValidationError(text % {"seconds": wait}, code="wait")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by neutral name only, slowed when somebody guesses, and closed to strangers."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("De gebruikersnaam of het wachtwoord klopt niet."),
        "incorrect_password": gettext_lazy("Het wachtwoord klopt niet."),
        "enter_current_password": gettext_lazy("Het wachtwoord dat u nu hebt, klopt niet."),
        "too_many_login_attempts": gettext_lazy("Te veel pogingen. Probeer het straks opnieuw."),
        "rate_limited": gettext_lazy("Te veel pogingen. Probeer het straks opnieuw."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: one is invited."""
        return False

    def get_login_stages(self) -> list[str]:
        """After the password comes the second factor, and nothing else."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Judge a password, once the guesses before it have been waited for."""
        name, address = str(credentials.get("username", "")), self.get_client_ip(request)
        at = now().at
        refuse_haste(Attempts.begin("address", address, at) or Attempts.begin("account", name, at))
        user = authenticate(request, **credentials)
        if user is None:
            self.authentication_failed(request, **credentials)
            return None
        Attempts.forget("account", name)
        Attempts.give_back("address", address)
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Warn once ten guesses were wrong; a name that nobody has leaves the same trace."""
        name = str(credentials.get("username", ""))
        failures = Attempts.failures_of("account", name)
        if failures and failures % ALARM_FAILURES == 0:
            actions.report_failures(actions.gatekeeper("sign_in"), name, failures, now())

    def reauthenticate(self, user: User, password: str) -> bool:
        """Ask the password of somebody who is signed in again."""
        return self.authenticate(self.request, username=user.username, password=password) is not None

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session; by now the second factor was shown, if there is one."""
        super().login(request, user)
        sessions.begin(request.session, proved=MfaAdapter().is_mfa_enabled(user))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        """End the oldest sessions beyond the third."""
        response = super().post_login(request, user, **kwargs)
        actions.end_oldest_sessions(user.id)
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words, or not at all; a message never names anybody."""
        if text := message or _SAID.get(message_template or ""):
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Let the user know that something changed in how she signs in, without saying what."""
        actions.tell_of_change(user.id, template_prefix.rsplit("/", 1)[-1], now())


class MfaAdapter(DefaultMFAAdapter):
    """Secrets sealed by the vault, codes on paper of our own, and names that tell nothing."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("Deze code of sleutel klopt niet."),
        "cannot_delete_authenticator": gettext_lazy(
            "Dit is uw enige sleutel. Voeg eerst een andere toe, dan kunt u deze weghalen."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret of the second factor."""
        return hidden.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret of the second factor."""
        return hidden.unseal(encrypted_text)

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Tell whether there is a second factor; a list of codes on paper is one too.

        The library asks for an app and a passkey together to know whether to ask anything at all.
        """
        if user.is_anonymous:
            return False
        counts_paper = types is None or Authenticator.Type.RECOVERY_CODES in types or set(types) >= _FIRM
        return super().is_mfa_enabled(user, types) or (counts_paper and user.recovery_codes.exists())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last key: without one, a password alone would be enough to make a new one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """Number the keys."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Sleutel %(number)d") % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        """Draw the code to scan, dark on light in every theme."""
        return str(segno.make(url, error="m").svg_inline(scale=5, dark="#000", light="#fff", border=3))

    def get_totp_issuer(self) -> str:
        """Stand on the phone under a name that tells nothing."""
        return "GIB"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name this house to the key: the host, and a neutral name."""
        return {**super().get_public_key_credential_rp_entity(), "name": "GIB"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Name the user to the key by her neutral name."""
        handle = user_pk_to_url_str(user).encode()
        return {"id": handle, "display_name": user.username, "name": user.username}
