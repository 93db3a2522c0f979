"""Names of people in a sheet: apart, with a particle of its own, or in one cell in either order."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from gib.core.kernel.rules import RuleBroken, declare
from gib.core.sheets.parsers import Context, text
from gib.core.sheets.template import Column, Values
from gib.core.sheets.words import plain_key

#: Keys of the columns of a name; a sheet has the parts, or the whole.
KEYS: Final = ("given_name", "infix", "family_name", "name")
_GIVEN: Final = 60
_FAMILY: Final = 80
_PARTICLES: Final = frozenset(
    {"aan", "al", "bij", "de", "den", "der", "di", "du", "el", "het", "in", "la", "le", "op", "ten", "ter"}
    | {"te", "tot", "uit", "van", "von", "voor", "'t", "’t", "'s", "v.d.", "vd", "v/d", "v."}
)

declare(
    {
        "name_absent": "Hier ontbreekt een naam. Vul de voornaam en de achternaam in.",
        "name_one_word": "Hier staat maar één naam. Schrijf de voornaam en de achternaam.",
        "name_split": (
            "Deze naam heeft meer dan twee delen. Wij nemen het eerste deel als voornaam. "
            "Klopt dat niet? Zet voornaam en achternaam dan in twee kolommen."
        ),
    }
)


class Name(NamedTuple):
    """A given name and a family name; a particle goes before the family name."""

    given: str
    family: str

    @property
    def mark(self) -> str:
        """The letters by which two writings of one name are the same."""
        return plain_key(f"{self.given}{self.family}")


def columns(*whole: str) -> tuple[Column, ...]:
    """Give the columns of a name.

    Args:
        whole: other headings of the column that holds the whole name, such as 'vrijwilliger'.
    """
    return (
        Column("given_name", "Voornaam", text(_GIVEN), ("roepnaam", "voornamen", "vnaam", "voorn")),
        Column("infix", "Tussenvoegsel", text(20), ("tussenv", "tussenvoegsels", "tv", "voorvoegsel")),
        Column("family_name", "Achternaam", text(_FAMILY), ("familienaam", "geslachtsnaam", "anaam")),
        Column("name", "Naam", text(140), ("volledige naam", "voor- en achternaam", "naam voluit", *whole)),
    )


def name_of(values: Values) -> Name:
    """Read the name of a row from whatever columns it was written in.

    Raises:
        RuleBroken: 'name_absent', 'name_one_word', 'cell_too_long'; each names its column.
    """
    given, rest = values.get("given_name", ""), values.get("family_name", "")
    if not given or not rest:
        given, rest = _from_whole(values, given, rest)
    infix = values.get("infix", "")
    name = Name(given, f"{infix} {rest}".strip())
    for part, most, column in ((name.given, _GIVEN, "given_name"), (name.family, _FAMILY, "family_name")):
        if len(part) > most:
            raise RuleBroken("cell_too_long", most=most, column="name" if "name" in values else column)
    return name


def _from_whole(values: Values, given: str, family: str) -> Name:
    whole = values.get("name", "")
    if not whole:
        raise RuleBroken("name_absent", column="family_name" if given else "given_name")
    if family:
        return Name(_without(whole, family), family)
    if given and plain_key(whole).startswith(plain_key(given)):
        return Name(given, _without(whole, given))
    return Name(given, whole) if given else split(whole)


def _without(whole: str, part: str) -> str:
    left = " ".join(whole.replace(",", " ").replace(part, " ", 1).split())
    if not left:
        raise RuleBroken("name_one_word", column="name")
    return left


def split(whole: str) -> Name:
    """Divide a name that was written in one cell: 'Truus van den Berg' or 'Berg, Truus van den'.

    Raises:
        RuleBroken: 'name_one_word'.
    """
    before, comma, behind = whole.partition(",")
    words = behind.split() if comma else whole.split()
    at = _particle(words)
    if comma and words:
        return Name(" ".join(words[:at]), " ".join([*words[at:], before.strip()]))
    if len(words) < 2 or not words[:at]:
        raise RuleBroken("name_one_word", column="name")
    cut = at if at < len(words) else 1
    return Name(" ".join(words[:cut]), " ".join(words[cut:]))


def _particle(words: list[str]) -> int:
    """Give the place of the first particle behind a given name, or the end."""
    found = (at for at, word in enumerate(words) if at and word.casefold() in _PARTICLES)
    return next(found, len(words))


def doubts(values: Values, context: Context) -> Iterator[RuleBroken]:
    """Tell that a whole name could be divided in more than one way."""
    whole = values.get("name", "")
    if {"given_name", "family_name"} & set(values) or "," in whole:
        return
    words = whole.split()
    if len(words) > 2 and _particle(words) == len(words):
        yield RuleBroken("name_split", column="name")
