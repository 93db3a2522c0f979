"""Names of people who do not exist: flowers, birds, stationery and words for tales; no place bears one."""

from typing import Final

from gib.people.families import builders

MOTHERS: Final = (
    *builders.MOTHERS,
    *("Hortensia", "Klaproos", "Margriet", "Narcisa", "Oleander", "Papaver", "Resedella", "Salvia"),
    *("Tulipa", "Viola", "Wilgenroos", "Aronia", "Bernagie", "Cosmea", "Druifhyacint", "Edelweis"),
)
FAMILIES: Final = (
    *builders.LAST_NAMES,
    *("Waanwater", "van Nergensland", "Schijnberg", "Verdichtsel", "Dromendonk", "Wolkenhuis"),
    *("Fluisterbos", "Maanzand", "Raadselman", "Sterrenstof", "Onzinga", "de Zandman", "Vertelsma"),
)
CHILDREN: Final = (
    *builders.CHILDREN,
    *("Pimpelmees", "Tapuit", "Karekiet", "Oeverloper", "Patrijs", "Steltkluut", "Tureluur", "Wielewaal"),
)
VOLUNTEERS: Final = (
    *("Truus", "Ineke", "Loes", "Bea", "Yvonne", "Riet", "Mies", "Fien", "Mina", "Kee", "Dien", "Jans"),
    *("Aagje", "Bep", "Neel", "Corrie", "Hennie", "Annie", "Jopie", "Greet", "Tonnie", "Sjaan", "Betsie"),
    *("Willemijn", "Gerrit", "Hilletje", "Koosje", "Leentje", "Marietje", "Nolda", "Pietje", "Stien"),
)
VOLUNTEER_FAMILIES: Final = (
    *("Prentenboek", "Kaftpapier", "Inktpot", "Vulpen", "Bladwijzer", "Leeslint", "Boekenlegger", "Potlood"),
    *("Kladblok", "Penseel", "Schaarpunt", "Lijmstift", "Kleurpotlood", "Plakband", "Schetsboek"),
    *("Vloeiblad", "Ringband", "Puntenslijper", "Schrijfblok", "Krijtbord", "Passerdoos", "Perforator"),
)
COORDINATORS: Final = (
    "Hanneke Sprookjesbos",
    "Marjan Fabeldal",
    "Joke Legendeveld",
    "Els Verhaalwoud",
    "Corien Vertelhoek",
)


def of(names: tuple[str, ...], others: tuple[str, ...], number: int) -> tuple[str, str]:
    """Give the given and family name of a number: two numbers share both names only after every pair."""
    turn, place = divmod(number, len(names))
    return names[place], others[(place + turn) % len(others)]
