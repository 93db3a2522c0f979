"""Files that an operator brings in from a shell: postcodes, borders, a new register."""

import argparse
import os
from datetime import date
from pathlib import Path

import pytest

from gib.core.kernel.rules import RuleBroken
from gib.people.partners import actions, commands
from gib.people.partners.models import (
    Border,
    LegalParameter,
    Municipality,
    Postcode,
    municipalities_of_postcode,
    register,
    villages_of,
)
from gib.people.partners.tests.test_actions import MERGER, REGISTER
from gib.people.partners.tests.test_domain import TOPOLOGY

FULL = os.environ.get("GIB_REFERENCE_DIR", "")
full_files = pytest.mark.skipif(not FULL, reason="GIB_REFERENCE_DIR does not name the reference files")

pytestmark = pytest.mark.usefixtures("loaded")

LINES = [
    f"NL\t{digits}\tProefdorp\t\t\t\t{code}\t\t\t52.1\t5.1\t"
    for digits, code in (("1012", "0363"), ("3221", ""))
]


@pytest.mark.requirement("REF-05")
def test_postcodes_are_replaced_by_those_of_a_file() -> None:
    for _ in range(2):
        assert actions.import_postcodes([*LINES, LINES[0]]) == 2
    assert municipalities_of_postcode("1012 AB", date(2023, 1, 1)) == ("0363",)


def test_the_areas_of_a_village_are_known_as_one() -> None:
    def land(number: int) -> list[str]:
        return [LINES[0].replace("1012", f"1{at:03}") for at in range(number)]

    for number, name in ((1, ""), (2, "Proefdorp 0363"), (3, "Proefdorp 0363"), (4, "")):
        assert actions.import_postcodes(land(number)) == number
        assert set(Postcode.objects.values_list("village", flat=True)) == {name}
        found = villages_of(["1000", "1003", "9999"])
        assert found == {key: name for key in ("1000", "1003")[: 1 + (number > 3)] if name}


@pytest.mark.parametrize("lines", [[], ["NL\t1012"], [*LINES, "?"], [LINES[0].replace("NL", "BE")]])
def test_a_file_without_postcodes_changes_nothing(lines: list[str]) -> None:
    actions.import_postcodes(LINES)
    with pytest.raises(RuleBroken, match="postcodes_unreadable"):
        actions.import_postcodes(lines)
    assert Postcode.objects.count() == 2


def given_file(tmp_path: Path, text: str) -> argparse.Namespace:
    path = tmp_path / "file"
    path.write_text(text, "utf-8")
    return argparse.Namespace(file=str(path))


def test_the_commands_read_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.reference_import_postcodes(given_file(tmp_path, "\n".join(LINES))) == 0
    assert commands.reference_import_borders(given_file(tmp_path, str(TOPOLOGY).replace("'", '"'))) == 0
    assert capsys.readouterr().out == "2 postcodes\nborders of 3 municipalities\n"
    assert set(Border.objects.values_list("attribution", flat=True)) == {"CBS / Kadaster"}


@pytest.mark.parametrize("text", ["", "{}", "[1]", "geen json"])
def test_a_file_without_borders_changes_nothing(text: str, tmp_path: Path) -> None:
    Border.objects.create(municipality_code="0001", path="M0 0z", attribution="x")
    with pytest.raises(RuleBroken, match="borders_unreadable"):
        commands.reference_import_borders(given_file(tmp_path, text))
    assert Border.objects.count() == 1


@pytest.mark.requirement("REF-08")
def test_the_command_shows_what_a_register_changes_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = register()
    assert commands.reference_check(given_file(tmp_path, MERGER)) == 0
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("added", "1999", "ended", "0307", "renamed", "0308"))
    assert "/gemeenten/bijwerken/" in printed and register() == before
    assert commands.reference_check(given_file(tmp_path, REGISTER)) == 0
    assert "changes nothing" in capsys.readouterr().out


@pytest.mark.requirement("CMP-02")
def test_the_command_loads_once_and_prints_what_is_unconfirmed(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.reference_load(argparse.Namespace()) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert (
        "loaded before" in printed and "terms are unconfirmed" in printed and "funding_silence (K)" in printed
    )
    LegalParameter.objects.update(confirmed_on=date(2011, 1, 1))
    commands.reference_load(argparse.Namespace())
    assert "unconfirmed" not in capsys.readouterr().out


@full_files
@pytest.mark.requirement("REF-05")
def test_the_whole_file_of_postcodes(capsys: pytest.CaptureFixture[str]) -> None:
    given = argparse.Namespace(file=str(Path(FULL) / "postcodes_geonames_NL.txt"))
    assert commands.reference_import_postcodes(given) == 0
    rows = Postcode.objects.exclude(municipality_code="").values_list("digits", "municipality_code")
    codes: dict[str, set[str]] = {}
    for digits, code in rows:
        codes.setdefault(digits, set()).add(code)
    assert sum(len(found) > 1 for found in codes.values()) == 55
    double = next(digits for digits, found in sorted(codes.items()) if len(found) > 1)
    assert len(municipalities_of_postcode(f"{double} AB", date(2023, 1, 1))) == 2
    assert municipalities_of_postcode("1012 AB", date(2023, 1, 1)) == ("0363",)
    urk, vught = ("8321", "8322", "8323"), ("5261", "5262", "5263", "5264")
    assert villages_of([*urk, *vught]) == dict.fromkeys(urk, "Urk 0184")


@full_files
def test_the_whole_file_of_borders() -> None:
    commands.reference_import_borders(argparse.Namespace(file=str(Path(FULL) / "borders_2023.topojson")))
    valid = set(Municipality.objects.valid(date(2023, 6, 1)).values_list("code", flat=True))
    assert set(Border.objects.values_list("municipality_code", flat=True)) == valid
