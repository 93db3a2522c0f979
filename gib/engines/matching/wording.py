"""The Dutch sentences of the engine's codes; screens translate them, the engine gives codes and values."""

from collections.abc import Mapping
from typing import Final

from gib.core.kernel import rules
from gib.core.kernel.rules import declare

declare(
    {
        "match_requirement": "Dit papier of deze training is op de startdag niet in orde: {value}.",
        "match_training": "De training voor dit onderdeel is op de startdag niet in orde: {value}.",
        "match_permit": "Op de startdag is er geen toegang tot deze inrichting: {value}.",
        "match_travel": "De reis naar haar huis is langer dan de vrijwilliger wil reizen.",
        "match_area": "De vrijwilliger wil in dit postcodegebied niet helpen: {value}.",
        "match_language": "De vrijwilliger en de moeder spreken geen taal die zij delen.",
        "match_capacity": "De vrijwilliger heeft geen plek meer vrij.",
        "match_away": "De vrijwilliger is op de startdag afwezig.",
        "match_veto": "Een van de twee wil deze koppeling niet.",
        "match_no_click": "Zij kennen elkaar al: het klikte niet.",
        "match_known": "De vrijwilliger kent de familie, of woont in dezelfde straat.",
        "match_unsafe": "Deze koppeling is niet veilig.",
        "match_postcode": "De vrijwilliger woont in hetzelfde postcodegebied.",
        "match_village": "De vrijwilliger woont in hetzelfde dorp.",
        "match_gender": "De moeder vroeg om iemand anders: {value}.",
        "match_car": "Voor deze hulp is een auto nodig.",
        "match_dayparts": "Er is geen dagdeel waarop zij allebei kunnen.",
        "match_lapses": "Dit loopt af voor het einde van de hulp: {value}, op {on}.",
    }
)

declare(
    {
        "mend_match_requirement": "Dit kan als dit papier of deze training in orde is: {value}.",
        "mend_match_training": "Dit kan als deze training is gedaan: {value}.",
        "mend_match_permit": "Dit kan als er toegang is tot deze inrichting: {value}.",
        "mend_match_travel": "Dit kan als de vrijwilliger {value} minuten wil reizen.",
        "mend_match_area": "Dit kan als de vrijwilliger ook hier wil helpen: {value}.",
        "mend_match_language": "Dit kan als de vrijwilliger ook deze taal spreekt: {value}.",
        "mend_match_capacity": "Dit kan als de vrijwilliger {value} moeders tegelijk wil helpen.",
        "mend_match_away": "Dit kan als de hulp begint op {value}.",
        "mend_match_veto": "Dit kan als degene die dit niet wilde, dit toch wil.",
        "mend_match_gender": "Dit kan als de moeder haar wens loslaat.",
        "mend_match_car": "Dit kan als de vrijwilliger een auto heeft.",
        "mend_match_dayparts": "Dit kan als de vrijwilliger ook dan vrij is: {value}.",
    }
)

declare(
    {
        "points_waiting": "Zij wacht {days} dagen.",
        "points_waiting_one": "Zij wacht 1 dag.",
        "points_release": "Zij komt over {days} dagen vrij.",
        "points_release_one": "Zij komt morgen vrij.",
        "points_travel": "De reis duurt {minutes} minuten; {limit} mag.",
        "points_continuity": "Zij kennen elkaar van de bezoeken in de inrichting.",
        "points_children": "Er is ervaring met kinderen van {groups} jaar.",
        "points_interests": "Zij delen deze wensen: {themes}.",
        "points_load": "De vrijwilliger heeft nu {matches} van ten hoogste {capacity} moeders.",
        "points_load_one": "De vrijwilliger heeft nu {matches} van ten hoogste 1 moeder.",
        "match_nobody_waits": "Er wacht niemand op een vrijwilliger.",
        "match_nobody_helps": "Er is nog geen vrijwilliger in deze lijst.",
        "match_nobody_fits": "Voor niemand is er een vrijwilliger bij wie alles klopt.",
        "match_places_left": "Er blijven {places} plekken van vrijwilligers vrij.",
        "match_places_left_one": "Er blijft 1 plek van een vrijwilliger vrij.",
        "match_mothers_left": "Voor {mothers} aanvragen is er nu geen vrijwilliger.",
        "match_mothers_left_one": "Voor 1 aanvraag is er nu geen vrijwilliger.",
    }
)

#: What a sentence counts, where one of it is said in other words.
_COUNTED: Final[Mapping[str, str]] = {
    "points_waiting": "days",
    "points_release": "days",
    "points_load": "capacity",
    "match_places_left": "places",
    "match_mothers_left": "mothers",
}


def of_number(code: str, values: Mapping[str, object]) -> str:
    """Give the code of the sentence that fits the number: another one where it counts just one."""
    return f"{code}_one" if str(values.get(_COUNTED.get(code, ""))) == "1" else code


def sentence(code: str, values: Mapping[str, object]) -> str:
    """Write the Dutch sentence of a code; empty when a value lacks that it would tell."""
    return rules.sentence(of_number(code, values), values)
