"""A paper prints what it was told, and nothing that it was told works as layout."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typst import TypstError

from gib.core.papers.pdf import pdf, printable

AT = datetime(2011, 1, 11, 9, tzinfo=UTC)
LAYOUT = """#import "house.typ": *
#paper(told.title)[#facts(told.facts) #sums(("Rit", "Bedrag"), told.rows, ("Samen", "€ 1,00"))]
"""
TOLD: dict[str, Any] = {"title": "Opgave", "facts": [["Naam", "Truus Duinroos"]], "rows": [["één", "€ 1,00"]]}


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    path = tmp_path / "layout.typ"
    path.write_text(LAYOUT, "utf-8")
    return path


def test_a_paper_is_an_accessible_pdf_and_the_same_each_time(layout: Path) -> None:
    made = pdf(layout, TOLD, AT)
    assert made.startswith(b"%PDF-1.7") and b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert made == pdf(layout, TOLD, AT)
    assert made != pdf(layout, TOLD | {"title": "Een andere opgave"}, AT)


@pytest.mark.parametrize(
    "words", ['#panic("uit")', "*vet* $x^2$ <a> @a", '"); read("/etc/passwd")', "\\ [ ] {"]
)
def test_words_are_printed_and_never_obeyed(layout: Path, words: str) -> None:
    assert pdf(layout, TOLD | {"facts": [["Naam", words]]}, AT).startswith(b"%PDF")


def test_a_layout_that_obeys_its_words_would_be_noticed(tmp_path: Path) -> None:
    careless = tmp_path / "careless.typ"
    careless.write_text('#import "house.typ": *\n#paper("x")[#eval(told.facts.at(0).at(1))]', "utf-8")
    with pytest.raises(TypstError):
        pdf(careless, TOLD | {"facts": [["Naam", 'panic("uit")']]}, AT)


def test_a_letter_that_cannot_be_printed_is_refused(layout: Path) -> None:
    with pytest.raises(TypstError):
        pdf(layout, TOLD | {"facts": [["Naam", "\U0001f33b"]]}, AT)


def test_a_layout_reads_no_files_of_the_machine(tmp_path: Path) -> None:
    curious = tmp_path / "curious.typ"
    curious.write_text('#import "house.typ": *\n#paper("x")[#read("/layout.typ")]', "utf-8")
    with pytest.raises(TypstError):
        pdf(curious, TOLD, AT)


def test_any_words_can_be_printed_once_they_are_made_printable(layout: Path) -> None:
    assert printable("Zoë Čapek – € 5 \U0001f33b\u05e9\x00") == "Zoë Čapek – € 5 ???"
    every = "".join(map(chr, range(0x600)))
    assert pdf(layout, TOLD | {"facts": [["Naam", printable(every)]]}, AT).startswith(b"%PDF")
