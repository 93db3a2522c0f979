"""A list as an organisation keeps it goes in on screen: a faulty cell first, then all, and out again."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.steps import answer, press, sees

Glance = Callable[[Page], None]
ROWS = (
    "Vrijwilligers P.I. Nieuwersluis;;;;",
    "Voornaam;Achternaam;geb.datum;tel;VOG",
    "Zoë;Zinnekens;27-3-61;06 12345678;3-1-2011",
    "Renée;Rijmpje;{day};n.v.t.;",
)


def _sheet(folder: Path, day: str) -> Path:
    """Write the list as an old spreadsheet does: semicolons, its own letters, a title above the headings."""
    place = folder / "vrijwilligers lijst.csv"
    place.write_bytes("\r\n".join(ROWS).format(day=day).encode("cp1252"))
    return place


def _deliver(page: Page, file: Path, glance: Glance) -> None:
    page.goto("/lijsten-inlezen/")
    assert press(page, "Bekijk het bestand").status == 422
    answer(page, {"Wat staat er in het bestand?": "Vrijwilligers"})
    page.get_by_label("Bestand", exact=True).set_input_files(file)
    press(page, "Bekijk het bestand")
    glance(page)
    press(page, "Controleer het bestand")
    glance(page)


def _has(page: Page, name: str) -> bool:
    page.goto("/vrijwilligers/")
    return bool(page.get_by_role("link", name=name).count())


def test_a_list_comes_in_and_goes_out_again(coordinator: Page, tmp_path: Path, glance: Glance) -> None:
    _deliver(coordinator, _sheet(tmp_path, "31-2-70"), glance)
    sees(coordinator, "Dit klopt nog niet", "Rij 4, kolom geb.datum: Deze dag bestaat niet.", "31-2-70")
    assert coordinator.get_by_role("button", name="Lees").count() == 0
    assert not _has(coordinator, "Zoë Z.")
    _deliver(coordinator, _sheet(tmp_path, "28-2-70"), glance)
    press(coordinator, "Lees 2 rijen in")
    glance(coordinator)
    result = coordinator.url
    assert _has(coordinator, "Zoë Z.") and _has(coordinator, "Renée R.")
    coordinator.goto(result)
    press(coordinator, "Draai terug")
    sees(coordinator, "Teruggedraaid")
    assert not _has(coordinator, "Zoë Z.")
