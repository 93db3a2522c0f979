"""What may stand in a cell: each parser reads text as people write it and writes it back the same way."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Final

import phonenumbers
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gib.core.kernel.dates import add_months, parse_date
from gib.core.kernel.rules import RuleBroken, declare
from gib.core.sheets.words import plain_key

declare(
    {
        "cell_required": "Hier moet iets staan.",
        "cell_too_long": "Deze tekst is te lang. Gebruik hoogstens {most} tekens.",
        "cell_not_number": "Dit is geen heel getal. Schrijf bijvoorbeeld 3.",
        "cell_out_of_reach": "Dit getal kan niet. Het moet van {least} tot en met {most} zijn.",
        "cell_date_far": "Dit jaar kan niet. Het moet van {least} tot en met {most} zijn.",
        "cell_not_yes_no": "Schrijf hier ja of nee.",
        "cell_no_choice": "Deze keuze kennen wij niet. Kies uit: {choices}.",
        "cell_not_phone": "Dit is geen telefoonnummer. Schrijf bijvoorbeeld 06 12345678.",
        "cell_not_email": "Dit is geen e-mailadres. Schrijf bijvoorbeeld naam@voorbeeld.nl.",
        "cell_not_postcode": "Dit is geen postcode. Schrijf bijvoorbeeld 1234 AB.",
        "cell_not_money": "Dit is geen bedrag. Schrijf bijvoorbeeld 1.234,56.",
        "cell_not_hours": "Dit zijn geen uren. Schrijf bijvoorbeeld 1,25 of 1:15.",
        "cell_not_quarter": "Uren gaan per kwartier. Schrijf bijvoorbeeld {nearest}.",
    }
)

YEARS: Final = (1900, 2100)
_SERIAL: Final = re.compile(r"[1-8]\d{4}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_TIME_BEHIND: Final = re.compile(r"[ T]\d{1,2}:\d\d(:\d\d)?$")
_WRITTEN_MONTH: Final = re.compile(r"(?:[a-z]{2,10},? )?(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4}|\d{2})")
_MONTHS: Final = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_OTHER_MONTHS: Final = {"maa": 3, "mar": 3, "may": 5, "oct": 10}
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")
_AMOUNT: Final = re.compile(r"-?\d+(?:\.\d{1,2})?")
_CLOCK: Final = re.compile(r"(\d{1,4})(?::|u|h)([0-5]\d)?")
_EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")
_POSTCODE: Final = re.compile(r"([1-9]\d{3}) ?([A-Za-z]{2})")
_YES: Final = frozenset({"ja", "j", "yes", "y", "x", "v", "waar", "true", "1", "wel", "akkoord", "✓", "✔"})
_NO: Final = frozenset({"nee", "n", "no", "onwaar", "false", "0", "niet", "neen", "✗"})


@dataclass(frozen=True)
class Context:
    """Under what a sheet is read: the business day, the actor, and from when the file counts its days."""

    on: date
    actor: Any = None
    counts_from_1904: bool = False


@dataclass(frozen=True)
class Parser:
    """One kind of cell.

    `read` turns text that is not empty into a value or raises RuleBroken; `write` turns the value back
    into text that `read` understands. `hint` says in Dutch what may be written. `words` are words that
    mean something here though elsewhere they mean empty. `is_phone`: nine digits that begin with a 6
    are a number without its zero.
    """

    read: Callable[[str, Context], Any]
    write: Callable[[Any], str] = str
    hint: str | Promise = ""
    words: frozenset[str] = frozenset()
    is_phone: bool = False


def text(most: int = 200) -> Parser:
    """Text of at most `most` characters. Raises 'cell_too_long'."""

    def read(written: str, context: Context) -> str:
        if len(written) > most:
            raise RuleBroken("cell_too_long", most=most)
        return written

    return Parser(read, hint=format_lazy(_("tekst, hoogstens {most} tekens"), most=most))


def day(ahead_months: int = 0) -> Parser:
    """A local day: date cells, serial numbers, 27-3-81, 27 maart 1981.

    Args:
        ahead_months: how far in the future a year of two digits may lie; 0 for what has happened.

    Raises 'date_unreadable', 'date_impossible' or 'cell_date_far'.
    """

    def read(written: str, context: Context) -> date:
        return read_day(written, add_months(context.on, ahead_months), context.counts_from_1904)

    return Parser(read, lambda value: f"{value:%d-%m-%Y}", _("dag-maand-jaar, bijvoorbeeld 27-03-1981"))


def read_day(written: str, latest: date, counts_from_1904: bool = False) -> date:
    """Read a day from a cell; `latest` decides the century of a year of two digits.

    Raises:
        RuleBroken: 'date_unreadable', 'date_impossible', 'cell_date_far'.
    """
    written = _TIME_BEHIND.sub("", written.strip())
    if _SERIAL.fullmatch(written):
        first = date(1904, 1, 1) if counts_from_1904 else date(1899, 12, 30)
        return first + timedelta(days=int(written))
    if named := _WRITTEN_MONTH.fullmatch(written.lower()):
        month = _OTHER_MONTHS.get(named[2][:3]) or _month(named[2][:3])
        written = f"{named[1]}-{month}-{named[3]}"
    found = parse_date(written, latest)
    if not YEARS[0] <= found.year <= YEARS[1]:
        raise RuleBroken("cell_date_far", least=YEARS[0], most=YEARS[1])
    return found


def _month(name: str) -> int:
    if name not in _MONTHS:
        raise RuleBroken("date_unreadable")
    return _MONTHS.index(name) + 1


def day_or_year() -> Parser:
    """A day in the past, or only its year (a number of four digits). Raises what `day` raises."""

    def read(written: str, context: Context) -> date | int:
        if _YEAR.fullmatch(written):
            return int(written)
        return read_day(written, context.on, context.counts_from_1904)

    def write(value: date | int) -> str:
        return str(value) if isinstance(value, int) else f"{value:%d-%m-%Y}"

    return Parser(read, write, _("dag-maand-jaar, of alleen het jaar"))


def whole_number(least: int = 0, most: int = 1_000_000) -> Parser:
    """A whole number within bounds. Raises 'cell_not_number' or 'cell_out_of_reach'."""

    def read(written: str, context: Context) -> int:
        bare = _without_thousands(written.replace(" ", ""))
        if not re.fullmatch(r"-?\d{1,15}(,0+)?", bare):
            raise RuleBroken("cell_not_number")
        number = int(bare.partition(",")[0])
        if not least <= number <= most:
            raise RuleBroken("cell_out_of_reach", least=least, most=most)
        return number

    return Parser(
        read, hint=format_lazy(_("een heel getal van {least} tot en met {most}"), least=least, most=most)
    )


def _without_thousands(written: str) -> str:
    match = _THOUSANDS.fullmatch(written)
    return written.replace(match[1], "") if match else written


def yes_no() -> Parser:
    """Yes or no, in the many ways in which people tick a list. Raises 'cell_not_yes_no'."""

    def read(written: str, context: Context) -> bool:
        word = written.strip(" .!").casefold()
        if word not in _YES | _NO:
            raise RuleBroken("cell_not_yes_no")
        return word in _YES

    return Parser(read, lambda value: "ja" if value else "nee", _("ja of nee"))


def choice(labels: Mapping[str, Any], aliases: Mapping[str, Any] = MappingProxyType({})) -> Parser:
    """One of a table of Dutch labels, with other spellings beside it; small typing errors are forgiven.

    Raises 'cell_no_choice', which names the labels.
    """
    known = {plain_key(label): value for label, value in {**labels, **aliases}.items()}
    names = {value: label for label, value in labels.items()}

    def read(written: str, context: Context) -> Any:
        key = plain_key(written)
        close = [key] if key in known else get_close_matches(key, known, n=2, cutoff=0.86)
        if len({known[name] for name in close}) != 1:
            raise RuleBroken("cell_no_choice", choices=", ".join(labels))
        return known[close[0]]

    hint = format_lazy(_("een van: {labels}"), labels=", ".join(labels))
    written_words = frozenset(word.casefold() for word in (*labels, *aliases))
    return Parser(read, lambda value: names[value], hint, written_words)


def lookup(find: Callable[[str, Context], Any], write: Callable[[Any], str], hint: str | Promise) -> Parser:
    """Whatever the slice can find by code or name; `find` raises RuleBroken when it cannot."""
    return Parser(find, write, hint)


def phone() -> Parser:
    """A phone number, kept as +31612345678; a zero that a spreadsheet swallowed is put back.

    Raises 'cell_not_phone'.
    """

    def read(written: str, context: Context) -> str:
        bare = re.sub(r"^(?=[1-9]\d{8}$)", "0", re.sub(r"\(0\)", "", written))
        try:
            number = phonenumbers.parse(bare, "NL")
        except phonenumbers.NumberParseException as error:
            raise RuleBroken("cell_not_phone") from error
        if not phonenumbers.is_valid_number(number) or re.search(r"[a-z]{3}", written, re.IGNORECASE):
            raise RuleBroken("cell_not_phone")
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    return Parser(read, _shown_phone, _("een telefoonnummer, bijvoorbeeld 06 12345678"), is_phone=True)


def _shown_phone(value: str) -> str:
    number = phonenumbers.parse(value, "NL")
    way = phonenumbers.PhoneNumberFormat
    at_home = number.country_code == 31
    return str(phonenumbers.format_number(number, way.NATIONAL if at_home else way.INTERNATIONAL))


def email() -> Parser:
    """An e-mail address, in small letters behind the @. Raises 'cell_not_email'."""

    def read(written: str, context: Context) -> str:
        bare = written.removeprefix("mailto:").strip()
        if len(bare) > 254 or not _EMAIL.fullmatch(bare):
            raise RuleBroken("cell_not_email")
        name, _, host = bare.rpartition("@")
        return f"{name}@{host.lower()}"

    return Parser(read, hint=_("een e-mailadres"))


def postcode() -> Parser:
    """A Dutch postcode, kept as 1234 AB. Raises 'cell_not_postcode'."""

    def read(written: str, context: Context) -> str:
        if not (match := _POSTCODE.fullmatch(written)):
            raise RuleBroken("cell_not_postcode")
        return f"{match[1]} {match[2].upper()}"

    return Parser(read, hint=_("een postcode, bijvoorbeeld 1234 AB"))


def money() -> Parser:
    """An amount in euros, kept in whole cents, not below zero. Raises 'cell_not_money'."""

    def read(written: str, context: Context) -> int:
        bare = re.sub(r"(?i)^(€|eur|euro)|(€|eur|euro)$|,-+$|[ ]", "", written)
        bare = _dotted(bare.removesuffix(",-"))
        if not _AMOUNT.fullmatch(bare) or bare.startswith("-") or len(bare) > 15:
            raise RuleBroken("cell_not_money")
        return int(Decimal(bare) * 100)

    def write(cents: int) -> str:
        return f"{cents // 100},{cents % 100:02}"

    return Parser(read, write, _("een bedrag in euro, bijvoorbeeld 1.234,56"))


def _dotted(written: str) -> str:
    """Write a number with a dot for the decimals only: the last sign decides, unless it marks thousands."""
    bare = _without_thousands(written)
    last = max(bare.rfind(","), bare.rfind("."))
    if last < 0:
        return bare
    whole, decimals = bare[:last], bare[last + 1 :]
    return f"{_without_thousands(whole)}.{decimals}"


def hours() -> Parser:
    """Hours in steps of a quarter, kept in minutes: 1,25, 1:15, 1u15, 1 uur.

    Raises 'cell_not_hours' or 'cell_not_quarter'.
    """

    def read(written: str, context: Context) -> int:
        bare = re.sub(r"(?i) ?(uur|uren)$", "", written.strip().lower()).replace(" ", "")
        if clock := _CLOCK.fullmatch(bare):
            minutes = Decimal(int(clock[1]) * 60 + int(clock[2] or 0))
        elif re.fullmatch(r"\d{1,4}([.,]\d{1,4})?", bare):
            minutes = Decimal(bare.replace(",", ".")) * 60
        else:
            raise RuleBroken("cell_not_hours")
        if minutes % 15:
            raise RuleBroken("cell_not_quarter", nearest=_shown_hours(round(minutes / 15) * 15))
        return int(minutes)

    return Parser(read, _shown_hours, _("uren per kwartier, bijvoorbeeld 1,25"))


def _shown_hours(minutes: int) -> str:
    return format((Decimal(minutes) / 60).normalize(), "f").replace(".", ",")
