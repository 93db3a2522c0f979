"""Other families have other names, of gems, butterflies, spices and instruments, that nobody bears."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

MOTHERS: Final = (
    *("Robijn", "Saffier", "Opaal", "Topaas", "Amethist", "Agaat", "Turkoois", "Kwarts", "Barnsteen"),
    *("Koraal", "Toermalijn", "Smaragd", "Maansteen", "Obsidiaan", "Azuriet", "Malachiet", "Onyx"),
    *("Zirkoon", "Beril", "Citrien", "Peridoot", "Spinel", "Hematiet", "Pyriet", "Fluoriet", "Seleniet"),
)
CHILDREN: Final = (
    *("Atalanta", "Citroentje", "Koolwitje", "Dagpauwoog", "Zandoogje", "Blauwtje", "Dikkopje"),
    *("Vuurvlinder", "Landkaartje", "Oranjetip", "Rouwmantel", "Keizersmantel", "Heivlinder"),
    *("Boomblauwtje", "Distelvlinder", "Parelmoertje", "Argusvlinder", "Hooibeestje"),
)
GROWN_UPS: Final = (
    *("Kaneel", "Kardemom", "Saffraan", "Nootmuskaat", "Foelie", "Anijs", "Komijn", "Koriander"),
    *("Kurkuma", "Piment", "Kruidnagel", "Venkel", "Kervel", "Dragon", "Bieslook", "Mierikswortel"),
    *("Karwij", "Gember", "Steranijs", "Citroengras", "Bonenkruid", "Jeneverbes", "Lavas", "Zuring"),
)
_INSTRUMENTS: Final = (
    *("Trompet", "Fagot", "Klarinet", "Piccolo", "Banjo", "Mandoline", "Harmonica", "Tamboerijn"),
    *("Xylofoon", "Cimbaal", "Doedelzak", "Draailier", "Triangel", "Ukelele", "Saxofoon", "Spinet"),
    *("Klavecimbel", "Marimba", "Balalaika", "Accordeon", "Bombardon", "Panfluit", "Blokfluit", "Citer"),
    *("Contrabas", "Hakkebord", "Trekzak", "Bandoneon", "Klokkenspel", "Speeldoos", "Pauken", "Gong"),
)
_ENDINGS: Final = ("stra", "sma", "inga", "ema", "mans", "sen", "ling", "aert", "iers", "brinker", "smit")
LAST_NAMES: Final = tuple(f"{stem}{end}" for stem in _INSTRUMENTS for end in _ENDINGS)
EVERY: Final = frozenset({*MOTHERS, *CHILDREN, *GROWN_UPS, *LAST_NAMES})

#: Table and column of each name -> from which lists a new one comes; a full name has two parts.
NAMES: Final[dict[tuple[str, str], tuple[tuple[str, ...], ...]]] = {
    ("families_participant", "first_name"): (MOTHERS,),
    ("families_participant", "last_name"): (LAST_NAMES,),
    ("families_child", "first_name"): (CHILDREN,),
    ("families_caregiver", "name"): (GROWN_UPS, LAST_NAMES),
    ("families_custody", "holder_name"): (GROWN_UPS, LAST_NAMES),
    ("families_contactrestriction", "person"): (GROWN_UPS, LAST_NAMES),
    ("referral_referral", "first_name"): (MOTHERS,),
    ("referral_referral", "last_name"): (LAST_NAMES,),
    ("referral_referral", "referrer_name"): (GROWN_UPS, LAST_NAMES),
    ("handover_handover", "worker"): (GROWN_UPS, LAST_NAMES),
    ("volunteers_volunteer", "given_name"): (GROWN_UPS,),
    ("volunteers_volunteer", "family_name"): (LAST_NAMES,),
    ("accounts_user", "display_name"): (GROWN_UPS, LAST_NAMES),
}
_WORD: Final = re.compile(r"\w+")
#: Shorter words of a name, or words without small letters, are codes and particles.
_LEAST: Final = 3


@dataclass(frozen=True)
class Slot:
    """The place of a name in a text: from which list, and the how manieth of its family."""

    names: tuple[str, ...]
    turn: int

    def filled(self, family: int) -> str:
        """Give the name that stands here in a family; two places of a family have two names."""
        return self.names[(family // _STEP[self.names] + self.turn) % len(self.names)]


#: Each list looks at another part of the number of a family, so that names do not go in pairs.
_STEP: Final = {MOTHERS: 1 << 48, CHILDREN: 1 << 40, GROWN_UPS: 1 << 30, LAST_NAMES: 1 << 10}


@dataclass
class Family:
    """The names that stand together: those of one dossier, or of one volunteer and her account."""

    slots: dict[str, Slot] = field(default_factory=dict)

    def slot(self, name: str, names: tuple[str, ...]) -> Slot:
        """Give the place of a name; the same name has the same place all over a dossier."""
        if name not in self.slots:
            taken = sum(known.names is names for known in self.slots.values())
            self.slots[name] = Slot(names, taken)
        return self.slots[name]


@dataclass
class Lexicon:
    """Every name of the original world, and where a text holds one."""

    families: dict[UUID, Family] = field(default_factory=dict)
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _words: set[str] = field(default_factory=set)
    _any: re.Pattern[str] = re.compile(r"(?!)")

    def learn(self, place: tuple[str, str], box: UUID, name: str) -> None:
        """Take in the name that stands in a column of a row of this family."""
        family = self._family(box)
        for part, names in self._parts(place, name):
            slot = family.slot(part, names)
            self.known.setdefault(part, names)
            for word in filter(_is_name, _WORD.findall(part)):
                self.known.setdefault(word, names)
                family.slots.setdefault(word, slot)

    def settle(self) -> None:
        """Make ready to look names up, once all are known."""
        longest = sorted(self.known, key=len, reverse=True)
        self._any = re.compile(
            rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)" if longest else r"(?!)"
        )
        self._words = {word for name in longest for word in _WORD.findall(name)}

    def name(self, place: tuple[str, str], box: UUID, name: str) -> list[Any]:
        """Write a whole name as slots."""
        slots = [self._family(box).slot(part, names) for part, names in self._parts(place, name)]
        return slots if len(slots) == 1 else [slots[0], " ", slots[1]]

    def text(self, box: UUID, text: str) -> Iterator[Any]:
        """Cut a text into words that stay and slots of names; names of other families get a place too."""
        at = 0
        if not self._words.isdisjoint(_WORD.findall(text)):
            for found in self._any.finditer(text):
                yield text[at : found.start()]
                yield self._family(box).slot(found[0], self.known[found[0]])
                at = found.end()
        yield text[at:]

    def _family(self, box: UUID) -> Family:
        return self.families.setdefault(box, Family())

    def _parts(self, place: tuple[str, str], name: str) -> Iterable[tuple[str, tuple[str, ...]]]:
        lists = NAMES[place]
        words = name.split(maxsplit=1) if len(lists) > 1 else [name]
        return zip(words, lists, strict=False)


def _is_name(word: str) -> bool:
    return len(word) >= _LEAST and word[0].isupper() and any(letter.islower() for letter in word)
