"""Letting somebody in, and coming in with a letter."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import HouseForm, LineField, LocalDateField, sentence
from gib.people.accounts.adapters import refuse_haste
from gib.people.accounts.domain import LETS_IN, TIED_TO, Invitee, Seat, check_open, check_partner, check_seat
from gib.people.accounts.forms.library import password_hint
from gib.people.accounts.models import Attempts, Invitation
from gib.people.accounts.words import ROLE_WORDS
from gib.people.partners.models import Partner, Team


@dataclass(frozen=True)
class Welcome:
    """What somebody brings who uses a letter."""

    invitation_id: UUID
    user_id: UUID
    password: str


class InviteForm(HouseForm):
    """Who is let in, in which role, and for what."""

    rule_fields = {
        "appointment_incomplete": "role",
        "may_not_let_in": "role",
        "partner_does_not_fit": "partner",
        "user_unknown": "username",
    }

    role = forms.ChoiceField(label=gettext_lazy("Welke rol?"), widget=forms.RadioSelect)
    name = LineField(
        label=gettext_lazy("Naam"), limit=80, required=False, help_text=gettext_lazy("Voor- en achternaam.")
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        required=False,
        help_text=gettext_lazy("Daarheen sturen wij alleen: er staat iets voor u klaar."),
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("Team"), required=False, empty_label=gettext_lazy("Kies")
    )
    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label=gettext_lazy("Organisatie"),
        required=False,
        empty_label=gettext_lazy("Kies"),
        help_text=gettext_lazy("Bij een verwijzer, een gemeente of een Veiligheidshuis."),
    )
    to_on = LocalDateField(
        label=gettext_lazy("Tot en met"),
        required=False,
        help_text=gettext_lazy("Bij een vervanger verplicht."),
    )
    username = LineField(
        label=gettext_lazy("Gebruikersnaam, als deze persoon al toegang heeft"),
        limit=20,
        required=False,
        help_text=gettext_lazy("Dan komt de rol erbij en is geen brief nodig."),
    )

    def __init__(self, *args: Any, actor: Actor, now: Now, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lets_in = {role for role in LETS_IN.get(actor.role, ()) if "file" not in TIED_TO.get(role, ())}
        roles = cast(forms.ChoiceField, self.fields["role"])
        roles.choices = [(role, ROLE_WORDS[role]) for role in Role if role in lets_in]
        teams, partners = Team.objects.valid(now.on), Partner.objects.valid(now.on)
        if actor.role is Role.COORDINATOR:
            teams = teams.filter(pk__in=sorted(actor.team_ids))
            partners = partners.filter(prison__teams__in=teams)
        for name, rows in (("team", teams), ("partner", partners)):
            cast(forms.ModelChoiceField[Any], self.fields[name]).queryset = rows
        if len(actor.team_ids) == 1:
            self.fields["team"].initial = next(iter(actor.team_ids))

    def clean(self) -> dict[str, Any]:
        """Ask for what the role needs, and for a name unless the person has an account."""
        cleaned = super().clean()
        if not (cleaned.get("username") or cleaned.get("name")):
            self.add_error("name", _("Vul de naam in."))
        if cleaned.get("role"):
            try:
                check_seat(self._seat())
                self._check_partner()
            except RuleBroken as broken:
                self.refuse(broken)
        return cleaned

    def _given(self, name: str) -> Any:
        """Give what was filled in, if the role asks for it at all."""
        needs = TIED_TO.get(Role(self.cleaned_data["role"]), frozenset())
        return self.cleaned_data.get(name) if {"to_on": "end"}.get(name, name) in needs else None

    def _seat(self) -> Seat:
        team, partner = self._given("team"), self._given("partner")
        return Seat(
            Role(self.cleaned_data["role"]),
            team_id=team.pk if team else None,
            partner_id=partner.pk if partner else None,
            to_on=self._given("to_on"),
        )

    def _check_partner(self) -> None:
        team, partner = self._given("team"), self._given("partner")
        is_of_team = bool(team and partner and partner.prison_id == team.prison_id)
        check_partner(Role(self.cleaned_data["role"]), partner.kind if partner else None, is_of_team)

    def to_command(self) -> Invitee:
        """Give whom to let in."""
        return Invitee(self.cleaned_data["name"], self.cleaned_data["email"], self._seat())


class WelcomeForm(HouseForm):
    """The code of the letter, the code that was read out, and a password."""

    code = forms.CharField(label=gettext_lazy("Code uit de brief"), max_length=60)
    spoken = forms.CharField(
        label=gettext_lazy("Code die u hoorde"),
        max_length=20,
        help_text=gettext_lazy("Zes tekens. Die krijgt u mondeling van wie u uitnodigt."),
    )
    password = forms.CharField(
        label=gettext_lazy("Kies een wachtwoord"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Nog een keer"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    only_key = forms.BooleanField(
        label=gettext_lazy("Ik gebruik geen wachtwoord, alleen een sleutel (passkey)"), required=False
    )

    def __init__(self, *args: Any, address: str, now: Now, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address, self.now = address, now
        self.fields["password"].help_text = password_hint()
        for name in ("code", "spoken"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters"}
        self.fields["spoken"].widget.attrs["class"] = "w-s"

    def clean(self) -> dict[str, Any]:
        """Weigh the password, then the codes; wrong codes are slowed down."""
        cleaned = super().clean()
        self._weigh_password()
        if not self.errors:
            self.invitation = self._find()
        return cleaned

    def _weigh_password(self) -> None:
        password, again = self.cleaned_data.get("password", ""), self.cleaned_data.get("again", "")
        if self.cleaned_data.get("only_key"):
            return
        try:
            validate_password(password)
        except ValidationError as error:
            self.add_error("password", error)
        if password != again:
            self.add_error("again", _("De twee wachtwoorden zijn niet gelijk."))

    def _find(self) -> Invitation:
        code = self.cleaned_data["code"]
        for kind, who in (("address", self.address), ("invitation", code)):
            refuse_haste(Attempts.begin(kind, who, self.now.at))
        row = Invitation.of_code(code)
        if row is None or not row.hears(self.cleaned_data["spoken"]):
            raise ValidationError(_("Deze twee codes horen niet bij elkaar. Kijk ze na."), code="codes")
        try:
            check_open(row.used_at, row.withdrawn_at, row.expires_at, self.now.at)
        except RuleBroken as broken:
            raise ValidationError(sentence(broken), code=broken.code) from broken
        Attempts.forget("invitation", code)
        return row

    def to_command(self) -> Welcome:
        """Give what to do with the invitation."""
        password = "" if self.cleaned_data["only_key"] else self.cleaned_data["password"]
        return Welcome(self.invitation.pk, self.invitation.user_id, password)
