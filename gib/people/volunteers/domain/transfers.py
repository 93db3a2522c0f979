"""Bank accounts, and the file with which a bank pays many people at once (pain.001.001.03)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from stdnum import iban
from stdnum.exceptions import ValidationError

from gib.core.kernel.rules import RuleBroken, declare

declare({"iban_invalid": "Dit is geen geldig rekeningnummer (IBAN). Kijk de letters en cijfers na."})

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"
#: What a bank takes in a name or a text; all else becomes a space.
_FOREIGN: Final = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]+")
_NAME: Final = 70
_TEXT: Final = 140


@dataclass(frozen=True)
class Account:
    """Whose account it is, and its number."""

    holder: str
    iban: str


@dataclass(frozen=True)
class Transfer:
    """One payment: to whom, how many cents, its own number, and what the receiver reads."""

    to: Account
    cents: int
    reference: str
    text: str


def parse_iban(text: str) -> str:
    """Read an account number as people write it, and give it without spaces.

    Raises:
        RuleBroken: 'iban_invalid' when the check digits or the form are wrong.
    """
    try:
        return str(iban.validate(text))
    except ValidationError as error:
        raise RuleBroken("iban_invalid") from error


def masked(number: str) -> str:
    """Write an account number so that its owner knows which one it is, and nobody else does."""
    return f"{number[:2]}.. .... {number[-4:]}" if number else ""


def for_bank(text: str, most: int) -> str:
    """Write a name or text in the letters that every bank takes, without accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(_FOREIGN.sub(" ", plain).split())[:most]


def amount(cents: int) -> str:
    """Write cents as a bank reads them: 2300 is "23.00"."""
    whole, rest = divmod(cents, 100)
    return f"{whole}.{rest:02}"


def credit_transfer(
    number: str, at: datetime, on: date, debtor: Account, transfers: Iterable[Transfer]
) -> bytes:
    """Write the payment file of one run: a SEPA credit transfer that any Dutch bank takes.

    Args:
        number: the number of the run, at most 35 signs.
        at: when the file was made, in UTC.
        on: the day on which the bank should pay.

    Source: ISO 20022 pain.001.001.03; guideline of the European Payments Council for SEPA transfers.
    """
    rows = list(transfers)
    root = Element("Document", xmlns=NAMESPACE)
    body = SubElement(root, "CstmrCdtTrfInitn")
    total = amount(sum(row.cents for row in rows))
    head = SubElement(body, "GrpHdr")
    _texts(head, MsgId=number, CreDtTm=f"{at:%Y-%m-%dT%H:%M:%S}", NbOfTxs=str(len(rows)), CtrlSum=total)
    _texts(SubElement(head, "InitgPty"), Nm=for_bank(debtor.holder, _NAME))
    run = SubElement(body, "PmtInf")
    _texts(run, PmtInfId=number, PmtMtd="TRF", BtchBookg="true", NbOfTxs=str(len(rows)), CtrlSum=total)
    _texts(SubElement(SubElement(run, "PmtTpInf"), "SvcLvl"), Cd="SEPA")
    _texts(run, ReqdExctnDt=on.isoformat())
    _texts(SubElement(run, "Dbtr"), Nm=for_bank(debtor.holder, _NAME))
    _texts(SubElement(SubElement(run, "DbtrAcct"), "Id"), IBAN=debtor.iban)
    # Inside SEPA the number of the account says which bank it is.
    _texts(SubElement(SubElement(SubElement(run, "DbtrAgt"), "FinInstnId"), "Othr"), Id="NOTPROVIDED")
    _texts(run, ChrgBr="SLEV")
    for row in rows:
        _transfer(run, row)
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def _transfer(run: Element, row: Transfer) -> None:
    one = SubElement(run, "CdtTrfTxInf")
    _texts(SubElement(one, "PmtId"), EndToEndId=row.reference)
    SubElement(SubElement(one, "Amt"), "InstdAmt", Ccy="EUR").text = amount(row.cents)
    _texts(SubElement(one, "Cdtr"), Nm=for_bank(row.to.holder, _NAME))
    _texts(SubElement(SubElement(one, "CdtrAcct"), "Id"), IBAN=row.to.iban)
    _texts(SubElement(one, "RmtInf"), Ustrd=for_bank(row.text, _TEXT))


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text
