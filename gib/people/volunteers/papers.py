"""The agreement with a volunteer and the letter of thanks, as papers."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.papers.pdf import pdf, printable
from gib.core.ui.words import day
from gib.people.volunteers.domain.agreement import Topic

_LAYOUTS: Final = Path(__file__).parent / "layouts"

#: The text of version 2007-1: a title and what is agreed, for each topic.
TEXT: Final = {
    Topic.TASKS: (
        gettext_lazy("Wat je doet"),
        gettext_lazy(
            "Je helpt moeders en hun kinderen, in de gevangenis of thuis. Wat precies, spreek je af met je"
            " coördinator. Je doet niets waarvoor een opleiding in de zorg nodig is."
        ),
    ),
    Topic.PERIOD: (
        gettext_lazy("Begin en einde"),
        gettext_lazy(
            "De afspraken gelden vanaf de dag dat wij allebei tekenen. Je kunt altijd stoppen. Zeg het een"
            " maand van tevoren, zodat een moeder niet opeens alleen staat. Ook wij kunnen stoppen. Dan"
            " vertellen wij je waarom."
        ),
    ),
    Topic.TIME: (
        gettext_lazy("Hoeveel tijd"),
        gettext_lazy(
            "Je geeft door op welke dagen je kunt. Kun je een keer niet? Zeg het zo vroeg mogelijk aan je"
            " coördinator."
        ),
    ),
    Topic.GUIDANCE: (
        gettext_lazy("Training en begeleiding"),
        gettext_lazy(
            "Je volgt de training die bij je werk hoort voordat je begint. Je hebt een vaste coördinator."
            " Jullie praten ten minste eens in de zes weken."
        ),
    ),
    Topic.SAY: (
        gettext_lazy("Meepraten"),
        gettext_lazy(
            "Je mag meedenken over hoe wij werken. Wij vragen je ernaar in de gesprekken met andere"
            " vrijwilligers."
        ),
    ),
    Topic.EXPENSES: (
        gettext_lazy("Onkosten"),
        gettext_lazy(
            "Je krijgt je reiskosten en andere afgesproken kosten terug. Vraag ze binnen drie maanden. Krijg"
            " je een uitkering? Vraag dan zelf na of dit gevolgen heeft."
        ),
    ),
    Topic.INSURANCE: (
        gettext_lazy("Verzekering"),
        gettext_lazy(
            "Tijdens je vrijwilligerswerk ben je bij ons verzekerd tegen ongelukken en tegen schade die je"
            " bij een ander maakt."
        ),
    ),
    Topic.CONFLICTS: (
        gettext_lazy("Als wij het niet eens zijn"),
        gettext_lazy(
            "Praat er eerst over met je coördinator. Komen jullie er niet uit, dan praat de projectleider"
            " mee. Daarna kun je een klacht indienen."
        ),
    ),
    Topic.CONFIDENTIALITY: (
        gettext_lazy("Geheimhouding"),
        gettext_lazy(
            "Wat je over een moeder of haar kinderen hoort, vertel je niet verder. Ook niet als je bent"
            " gestopt. Met je coördinator mag je er wel over praten."
        ),
    ),
    Topic.CONDUCT: (
        gettext_lazy("Gedragscode"),
        gettext_lazy(
            "Je houdt je aan onze gedragscode. Je geeft en krijgt geen geld, geen dure cadeaus en geen"
            " leningen. Je neemt niets mee naar binnen."
        ),
    ),
    Topic.REPORTING_CODE: (
        gettext_lazy("Als je je zorgen maakt"),
        gettext_lazy(
            "Denk je dat een kind of een ouder niet veilig is? Zeg het meteen aan je coördinator. Je hoeft"
            " niets zelf te onderzoeken. Wij volgen de meldcode."
        ),
    ),
    Topic.CONTACT: (
        gettext_lazy("Contact"),
        gettext_lazy(
            "Je geeft je adres en je eigen telefoonnummer niet aan een moeder of haar familie. Contact loopt"
            " via ons."
        ),
    ),
    Topic.HOUSE_RULES: (
        gettext_lazy("Regels van de inrichting"),
        gettext_lazy(
            "Binnen de gevangenis gelden de regels van de inrichting. Je volgt op wat het personeel zegt. De"
            " inrichting kan je toegang stoppen."
        ),
    ),
    Topic.PRIVACY: (
        gettext_lazy("Jouw gegevens"),
        gettext_lazy(
            "Wij bewaren alleen wat wij nodig hebben. Je kunt zien wat wij van je weten, en het laten"
            " verbeteren. Twee jaar nadat je bent gestopt, wissen wij het."
        ),
    ),
}


def agreement(name: str, number: str, on: date, at: datetime) -> bytes:
    """Print the agreement for one volunteer, ready to sign."""
    return pdf(_LAYOUTS / "agreement.typ", agreement_words(name, number, on), at)


def agreement_words(name: str, number: str, on: date) -> dict[str, Any]:
    """Give the words of the agreement: every topic of its version."""
    return {
        "title": _("Overeenkomst met een vrijwilliger"),
        "facts": [
            [_("Vrijwilliger"), printable(name)],
            [_("Versie"), number],
            [_("Gemaakt op"), day(on)],
        ],
        "intro": _("Dit spreken wij met elkaar af. Het is vrijwilligerswerk en geen arbeidscontract."),
        "topics": [[str(title), str(words)] for title, words in TEXT.values()],
        "closing": _("Wij zijn het hiermee eens en krijgen allebei een exemplaar."),
        "signers": [printable(name), "Gezin in Balans"],
        "day": _("Datum"),
    }


def goodbye(given_name: str, since_on: date, left_on: date, at: datetime) -> bytes:
    """Print the letter of thanks."""
    return pdf(_LAYOUTS / "goodbye.typ", goodbye_words(given_name, since_on, left_on), at)


def goodbye_words(given_name: str, since_on: date, left_on: date) -> dict[str, Any]:
    """Give the words of the letter; it says nothing of any family."""
    said = {"name": printable(given_name), "since": day(since_on), "left": day(left_on)}
    return {
        "title": _("Dank je wel, %(name)s") % said,
        "day": day(left_on),
        "words": [
            _("Van %(since)s tot en met %(left)s was je vrijwilliger bij Gezin in Balans.") % said,
            _(
                "Je gaf je tijd aan moeders en kinderen die het moeilijk hadden. Jij was er, en dat maakte"
                " verschil."
            ),
            _(
                "Wat je hebt gehoord, blijft bij jou. Je toegang tot de inrichting en tot ons systeem stopt."
                " Je gegevens wissen wij twee jaar na vandaag."
            ),
            _("Wil je later nog eens helpen? Je bent altijd welkom."),
        ],
        "greeting": _("Met een warme groet,"),
        "sender": "Gezin in Balans",
    }
