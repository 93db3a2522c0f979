"""How the figures read, and what each of them counts."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gib.care.referral.words import CHANNELS
from gib.care.trajectory.words import CLOSE_REASONS
from gib.insight.reporting.domain import By, Figure, Group
from gib.people.partners.domain import BRANDS

Word = str | Promise

#: Figure -> its name and its definition.
FIGURES: Final[Mapping[Figure, tuple[Word, Word]]] = {
    Figure.MOTHERS: (
        _("Moeders"),
        _("Met wie dit jaar iets is gedaan: een gesprek, bezoek, bijeenkomst of bespreking. Elk een keer."),
    ),
    Figure.CHILDREN: (
        _("Kinderen"),
        _("De kinderen van deze moeders die dit jaar nog geen 18 waren. Elk een keer."),
    ),
    Figure.VOLUNTEERS: (
        _("Vrijwilligers"),
        _(
            "Wie dit jaar een dag of langer was ingeschreven, ook in opleiding of met verlof."
            " Wie niet verder ging na de kennismaking telt niet."
        ),
    ),
    Figure.ACTIVE_VOLUNTEERS: (
        _("Actieve vrijwilligers"),
        _("Vrijwilligers die dit jaar aan een moeder waren gekoppeld."),
    ),
    Figure.REFERRALS: (_("Aanmeldingen"), _("Aanmeldingen die dit jaar zijn verstuurd.")),
    Figure.TALKS: (_("Gesprekken bij het begin"), _("Gesprekken van een intake die dit jaar zijn gevoerd.")),
    Figure.FIRST_TALKS: (
        _("Eerste gesprekken"),
        _("Aanmeldingen waarop dit jaar het eerste gesprek volgde."),
    ),
    Figure.TALK_WAIT: (
        _("Dagen tot het eerste gesprek"),
        _("Van aanmelding tot eerste gesprek, gemiddeld over de eerste gesprekken van dit jaar."),
    ),
    Figure.TRAJECTORIES: (_("Begonnen trajecten"), _("Plannen waar de moeder dit jaar ja op zei.")),
    Figure.STARTS: (
        _("Begonnen onderdelen"),
        _("Keren dat een moeder dit jaar met een onderdeel begon."),
    ),
    Figure.START_WAIT: (
        _("Dagen tot een onderdeel"),
        _("Van haar wens tot het begin, gemiddeld over de onderdelen die dit jaar begonnen."),
    ),
    Figure.MATCHES: (
        _("Nieuwe koppelingen"),
        _("Moeders en vrijwilligers die elkaar dit jaar leerden kennen."),
    ),
    Figure.CONTACTS: (_("Bezoeken en contacten"), _("Bezoeken en gesprekken die dit jaar doorgingen.")),
    Figure.HOURS: (
        _("Gegeven uren"),
        _("De minuten van deze bezoeken en contacten, gedeeld door 60. Zonder verslag telt een bezoek niet."),
    ),
    Figure.CLOSED: (_("Gesloten trajecten"), _("Trajecten die dit jaar zijn gesloten en nu nog dicht zijn.")),
    Figure.ASKED: (
        _("Gevraagd"),
        _("Aanvragen die dit jaar naar een gemeente gingen. Een moeder kan meer aanvragen hebben."),
    ),
    Figure.GRANTED: (
        _("Toegekend"),
        _("Aanvragen van dit jaar waarvoor nu iemand betaalt: de gemeente, een afspraak of een ander."),
    ),
    Figure.REFUSED: (
        _("Geweigerd"),
        _("Aanvragen van dit jaar waarop de gemeente nee zei en bij nee bleef."),
    ),
    Figure.SILENT: (
        _("Zweeg"),
        _("Aanvragen van dit jaar waarop de gemeente na haar termijn niets liet horen."),
    ),
    Figure.LET_GO: (
        _("Losgelaten"),
        _("Trajecten die dit jaar sloten omdat niemand betaalde, met de aanvraag die daaraan voorafging."),
    ),
    Figure.CONCERNED: (
        _("Kinderen die het raakt"),
        _("De kinderen van deze moeders die nog geen 18 waren. Elk een keer, waar het laatst is gevraagd."),
    ),
}

GROUPS: Final[Mapping[Group, tuple[Word, Word]]] = {
    Group.GAP: (
        _("Wie betaalt"),
        _("Aan wie is gevraagd te betalen, en wat daarvan kwam, zoals wij het nu weten."),
    ),
    Group.PRISON: (
        _("Per inrichting"),
        _("Bij de inrichting van het team dat haar nu begeleidt."),
    ),
    Group.PRODUCT: (
        _("Moeders per onderdeel"),
        _("Wie op een dag van het jaar meedeed. Een moeder kan met meer onderdelen meedoen."),
    ),
    Group.CHANNEL: (_("Moeders aangemeld door"), _("Wie de aanmelding schreef.")),
    Group.CLOSED: (
        _("Trajecten gesloten omdat"),
        _("Elk traject telt, met de reden die bij het sluiten is gekozen."),
    ),
    Group.PART: (
        _("Hoe onderdelen eindigden"),
        _("Elk onderdeel telt. Vrijlating, overplaatsing en de inrichting zijn nooit uitval."),
    ),
}

#: The figures that are told of each prison.
PER_PRISON: Final = (
    *(Figure.MOTHERS, Figure.CHILDREN, Figure.ACTIVE_VOLUNTEERS, Figure.REFERRALS, Figure.TALK_WAIT),
    *(Figure.START_WAIT, Figure.CONTACTS, Figure.HOURS, Figure.CLOSED),
)
#: Group -> how its keys read.
KEYS: Final[Mapping[Group, Mapping[str, Word]]] = {
    Group.PRODUCT: {str(product): brand for product, brand in BRANDS.items()},
    Group.CHANNEL: {str(channel): word for channel, word in CHANNELS.items()},
    Group.CLOSED: {str(reason): word for reason, word in CLOSE_REASONS.items()},
    Group.PART: {
        "completed": _("Afgerond"),
        "partly_completed": _("Voor een deel afgerond"),
        "stopped_by_mother": _("Uitval: zij stopte"),
        "cancelled": _("Ging niet door"),
        "ended_by_release": _("Door vrijlating"),
        "ended_by_transfer": _("Door overplaatsing"),
        "ended_by_prison": _("Door de inrichting"),
    },
}

#: What is told of waiting for a volunteer: its name and its definition.
WAITS: Final[Mapping[str, tuple[Word, Word]]] = {
    "asked": (
        _("Gingen wachten"),
        _(
            "Keren dat een moeder dit jaar op een vrijwilliger ging wachten: vanaf de dag dat het onderdeel"
            " met haar is gepland, of dat een koppeling ophield en zij een ander zoekt."
        ),
    ),
    "found": (_("Vonden iemand"), _("Van hen: wie daarna een vrijwilliger leerde kennen, ook na dit jaar.")),
    "rate": (_("Van de honderd"), _("Wie iemand vond, op elke honderd die gingen wachten.")),
    "waiting": (
        _("Wachten nog"),
        _("Van hen: wie vandaag nog wacht, ook als er iemand is gevraagd."),
    ),
    "stopped": (_("Hield op"), _("Van hen: bij wie het onderdeel eindigde voordat er iemand was.")),
    "median": (
        _("Dagen in het midden"),
        _("De helft wachtte korter, de helft langer. Wie nog wacht, telt tot en met vandaag."),
    ),
    "longest": (_("Langste dagen"), _("Wie het langst wachtte, of nog wacht.")),
}
#: What the waits are divided by.
WAITS_BY: Final[Mapping[By, tuple[Word, Word]]] = {
    By.REGION: (_("Naar provincie"), _("Waar zij woont, of naartoe gaat.")),
    By.LANGUAGE: (
        _("Naar taal"),
        _("Wie Nederlands spreekt, telt bij Nederlands. Een ander telt bij haar eerste taal."),
    ),
}
