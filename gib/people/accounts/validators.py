"""What a password may not be: too short, too long, well known, or a word of this house."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST: Final = 15
LONGEST: Final = 128
#: Words an attacker would try first here (ASVS 6.2.11).
WORDS: Final = (
    *("humanitas", "gezininbalans", "gezin in balans", "moedermaatje", "bezoekmoeder", "moederdegans"),
    *("nieuwersluis", "breda", "terpeel", "ter peel", "evertsoord", "zwolle", "amerswiel", "heerhugowaard"),
    *("gevangenis", "vrijwilliger", "wachtwoord", "password", "welkom"),
)


class LengthValidator:
    """Between 15 and 128 characters; nothing else about their kind."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password of another length."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise ValidationError(self.get_help_text(), code="password_length")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Een wachtwoord heeft 15 tot 128 tekens. Een zin mag ook.")


class ContextValidator:
    """No password that leans on a word everybody here knows."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password of which little is left without such words."""
        left = password.lower()
        for word in (*WORDS, getattr(user, "username", "") or WORDS[0]):
            left = left.replace(word, "")
        if len(left) < SHORTEST - 5 and left != password.lower():
            raise ValidationError(self.get_help_text(), code="password_context")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Bouw het niet rond een woord van ons werk, zoals Humanitas of een P.I.")
