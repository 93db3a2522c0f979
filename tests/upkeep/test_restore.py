"""Stores are restored from real copies: what was erased stays erased, as long as one place remembers."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.upkeep.acts import WORDS
from tests.upkeep.site import FILES, Site

PLACES = (*FILES, "file")


@dataclass
class Case:
    """A dossier that was erased, with copies of every place from before and from after."""

    dossier: str
    before: Path
    after: Path


def copy_all(place: Site, to: Path) -> None:
    for alias in FILES:
        place.copy(alias, to)
    if (place.data / "tombstones").exists():
        shutil.copyfile(place.data / "tombstones", to / "file")


def put_back(place: Site, case: Case, older: set[str]) -> None:
    """Restore some places from before the erasure, and the others from after it."""
    for alias in FILES:
        place.put_back(alias, case.before if alias in older else case.after)
    source = (case.before if "file" in older else case.after) / "file"
    (place.data / "tombstones").unlink(missing_ok=True)
    if source.exists():
        shutil.copyfile(source, place.data / "tombstones")


@pytest.fixture(scope="module")
def case(place: Site, tmp_path_factory: pytest.TempPathFactory) -> Case:
    before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    dossier = place.does("open_case")
    copy_all(place, before)
    assert place.does("look", dossier)[1] == WORDS["first_name"]
    assert place.does("erase", dossier) == "carried_out"
    copy_all(place, after)
    return Case(dossier, before, after)


def test_an_erasure_is_told_everywhere(place: Site, case: Case) -> None:
    put_back(place, case, set())
    assert place.does("look", case.dossier)[:2] == [{**dict.fromkeys(PLACES, True), "key": False}, ""]


@pytest.mark.requirement("RET-06")
@pytest.mark.parametrize(
    "older",
    [
        {"keys"},
        {"keys", "default"},
        {"keys", "default", "log"},
        {"keys", "log", "file"},
    ],
    ids=lambda older: "+".join(sorted(older)),
)
def test_a_restored_copy_brings_nobody_back(place: Site, case: Case, older: set[str]) -> None:
    put_back(place, case, older)
    before, name, after = place.does("look", case.dossier)
    # The harness: the key did come back with its store.
    assert before["key"]
    assert name == ("erased" if "default" in older else "")
    assert after == {**dict.fromkeys(PLACES, True), "key": False}


def test_verify_tells_of_a_restore_and_bury_settles_it(place: Site, case: Case) -> None:
    put_back(place, case, {"keys", "default"})
    told = place.gib("verify")
    assert (told.returncode, "keys of erased boxes still open" in told.stdout) == (1, True)
    told = place.gib("keys", "bury")
    assert "keys: 1 tombstones put back" in told.stdout and "1 keys destroyed" in told.stdout
    assert place.gib("verify").stdout.split() == ["whole"]


def test_when_every_place_is_older_the_harness_reads_her_again(place: Site, case: Case) -> None:
    put_back(place, case, set(PLACES))
    assert place.does("look", case.dossier)[1] == WORDS["first_name"]


@pytest.mark.requirement("DSR-05")
def test_no_byte_of_her_is_left_after_an_erasure(place: Site, case: Case) -> None:
    put_back(place, case, set())
    stores = b"".join(place.dump(alias) for alias in FILES)
    files = b"".join(path.read_bytes() for path in place.data.rglob("*") if path.is_file())
    for word in (*WORDS.values(), "Strandlopertje"):
        assert word.encode() not in stores + files
    assert case.dossier.encode() in stores or case.dossier.replace("-", "").encode() in stores
