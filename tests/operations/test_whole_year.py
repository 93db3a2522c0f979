"""The whole year as an operator makes it: broken off, begun anew, counted, scanned for names, and refused."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from gib.portal.year import names
from tests.journeys.house import ROOT, environment

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the whole year is told once, on the database of the demonstration"
)
GIB = Path(sys.executable).with_name("gib")
#: What the year must hold at least five of. Source: the exceptions of the domain page, 1.9.
EXCEPTIONS = {
    "moved to another prison": "SELECT count(*) FROM portal_transfer WHERE state = 'accepted'",
    "free at once": "SELECT count(*) FROM families_detentionepisode WHERE release_kind = 'immediate'",
    "overtaken before the first talk": "SELECT count(*) FROM referral_referral WHERE state = 'overtaken'",
    "she does not want it": "SELECT count(*) FROM referral_referral WHERE end_reason = 'mother_refuses'",
    "she declines a part": "SELECT count(*) FROM products_participation WHERE state = 'declined'",
    "who decides says no": "SELECT count(*) FROM families_consent"
    " WHERE purpose = 'child_visit' AND state = 'refused'",
    "an order forbids contact": "SELECT count(*) FROM families_contactrestriction WHERE kind = 'ban'",
    "a visit is called off by the prison": "SELECT count(*) FROM products_contact"
    " WHERE state = 'cancelled_prison'",
    "refused at the gate": "SELECT count(*) FROM products_contact WHERE state = 'refused_at_gate'",
    "another municipality": "SELECT count(*) FROM aftercare_fundingrequest WHERE state = 'superseded'",
    "no fixed address": "SELECT count(*) FROM families_domicile WHERE kind = 'no_fixed_address'",
    "abroad": "SELECT count(*) FROM families_domicile WHERE kind = 'abroad'",
    "a volunteer stops": "SELECT count(*) FROM products_match WHERE end_reason = 'by_volunteer'",
    "nobody talked with a volunteer for six weeks": "SELECT count(*) FROM volunteers_volunteer"
    " WHERE state = 'available' AND id NOT IN"
    " (SELECT volunteer_id FROM volunteers_coachingtalk WHERE held_on >= '2010-11-30')",
    "a child may be unsafe": "SELECT count(*) FROM handover_safetycase",
    "a child comes of age": "SELECT count(*) FROM journal_happening WHERE name = 'families.ChildTurnedAdult'",
    "she says how it goes": "SELECT count(DISTINCT dossier_id) FROM trajectory_areascore",
    "she draws who stands around her": "SELECT count(*) FROM trajectory_networkmap WHERE NOT is_refused",
    "she does not want to draw": "SELECT count(*) FROM trajectory_networkmap WHERE is_refused",
    "a farewell at home": "SELECT count(*) FROM products_farewell",
    "a volunteer lives in a village": "SELECT count(*) FROM volunteers_volunteer"
    " WHERE pc4 IN (SELECT digits FROM partners_postcode WHERE village != '')",
    "inside again": "SELECT count(*) FROM journal_happening WHERE name = 'families.DetainedAgain'",
    "let go": "SELECT count(*) FROM trajectory_trajectory WHERE close_reason = 'not_funded'",
    "a municipality is silent": "SELECT count(*) FROM journal_happening"
    " WHERE name = 'aftercare.FundingNotAnswered'",
}


def gib(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Carry out a command of the house."""
    return subprocess.run(
        [GIB, *words], cwd=ROOT, env=environment(data), capture_output=True, text=True, check=False
    )


def ask(data: Path, sql: str) -> Any:
    """Ask the database something, without a word of the house."""
    with sqlite3.connect(data / "gib.sqlite3") as opened:
        return opened.execute(sql).fetchone()[0]


def readable(folder: Path, wanted: set[str]) -> set[str]:
    """Give which names stand readable in any file of a folder."""
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {name for name in wanted if name.encode() in held}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Break the telling off once, and let it be told to its end after that."""
    data = tmp_path_factory.mktemp("year") / "data"
    words = [GIB, "seed", "--year", "2010", "--seed", "2010"]
    begun = subprocess.Popen(words, cwd=ROOT, env=environment(data), stdout=subprocess.PIPE)
    until = time.monotonic() + 120
    while time.monotonic() < until and not _has_begun(data):
        time.sleep(0.2)
    begun.send_signal(signal.SIGKILL)
    begun.communicate()
    assert ask(data, "SELECT story FROM accounts_installation") == ""
    assert ask(data, "SELECT count(*) FROM journal_happening") > 0
    again = gib(data, *map(str, words[1:]))
    assert again.returncode == 0, again.stderr
    yield data


def _has_begun(data: Path) -> bool:
    try:
        return bool(ask(data, "SELECT count(*) FROM journal_happening") > 100)
    except sqlite3.OperationalError:
        return False


def test_the_sentence_of_the_programme_comes_out_of_the_rows(told: Path) -> None:
    printed = gib(told, "figures", "--year", "2010", "--json")
    figures = json.loads(printed.stdout)
    assert (figures["mothers"], figures["children"], figures["volunteers"]) == (512, 1_004, 184)
    # The tick forgets who was turned down long ago, and a year that is over stays what it was.
    assert gib(told, "tick").returncode == 0
    assert json.loads(gib(told, "figures", "--year", "2010", "--json").stdout) == figures
    # The command fails when the journal alone tells otherwise, or when somebody was let go without a trail.
    assert (printed.returncode, printed.stderr) == (0, "")
    assert ask(told, "SELECT count(DISTINCT prison_id) FROM partners_team") == 5
    seats = "SELECT count(*) FROM accounts_appointment WHERE role = 'coordinator'"
    assert ask(told, seats) == 5


def test_every_exception_is_there(told: Path) -> None:
    seldom = {name: ask(told, sql) for name, sql in EXCEPTIONS.items()}
    assert {name: number for name, number in seldom.items() if number < 5} == {}


def test_the_chains_hold_and_nothing_waits(told: Path) -> None:
    assert gib(told, "verify").returncode == 0
    assert ask(told, "SELECT count(*) FROM journal_delivery WHERE done_at IS NULL") == 0


def test_no_name_stands_readable_in_any_file(told: Path) -> None:
    people = {*names.MOTHERS, *names.CHILDREN, *names.FAMILIES, *names.VOLUNTEER_FAMILIES}
    assert len(people) > 100
    assert readable(told, people) == set()
    (told / "planted").write_bytes(b"x" + names.MOTHERS[0].encode())
    assert readable(told, people) == {names.MOTHERS[0]}
    (told / "planted").unlink()


def test_telling_it_again_changes_nothing(told: Path) -> None:
    before = ask(told, "SELECT count(*) FROM journal_happening")
    assert gib(told, "demo", "--prepare").returncode == 0
    assert ask(told, "SELECT count(*) FROM journal_happening") == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("seed", "--year", "2010", "--seed", "7"), "vertelt al een ander voorbeeld: 2010, 2010"),
        (("seed", "--year", "2009"), "Alleen het jaar 2010"),
        (("seed", "--year", "2010", "--scale", "0"), "De schaal is een getal"),
        (("figures", "--year", "2006"), "Over 2006 zijn hier geen gegevens"),
        (("figures", "--year", "2011"), "2011 is nog niet voorbij"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(told: Path, words: tuple[str, ...], sentence: str) -> None:
    before = ask(told, "SELECT count(*) FROM journal_happening")
    refused = gib(told, *words)
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert ask(told, "SELECT count(*) FROM journal_happening") == before
