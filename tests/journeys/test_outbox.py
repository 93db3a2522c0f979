"""The telephone on a bad line: whatever breaks, a report arrives once, and its memory tells nobody."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, Route, expect

from tests.journeys.conftest import ARGUMENTS, CHROMIUM, Enter, Watch
from tests.journeys.house import House

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WAITING = "Nog niet verstuurd: 1"
#: Seconds of the keystroke-level model for a thumb: think, point, press. Source: Card, Moran, Newell 1983.
THINK, POINT, PRESS = 1.35, 1.1, 0.1
#: Opens the store of letters and gives what lies there.
LETTERS = """() => new Promise((resolve) => {
    const asked = indexedDB.open("gib");
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => resolve([]);
    asked.onsuccess = () => {
        const all = asked.result.transaction("letters").objectStore("letters").getAll();
        all.onsuccess = () => { asked.result.close(); resolve(all.result); };
    };
})"""


@pytest.fixture
def phone(volunteer: Page, watch: Watch) -> Page:
    """Hold a telephone of which the line may break."""
    watch.expected += ["net::ERR_"]
    return volunteer


def write(page: Page, note: str, hours: str = "1 uur") -> None:
    """Fill in a report and press the button."""
    page.goto("/mijn-dag/")
    page.get_by_role("link", name="Nieuw verslag").first.click()
    if hours:
        page.locator("[name=minutes]").first.check(force=True)
    page.locator("[name=note]").fill(note)
    page.get_by_role("button", name="Bewaar").click()


def told(page: Page, note: str) -> int:
    """Count the reports with this note on the page of her match."""
    page.goto("/mijn-dag/")
    page.get_by_role("link", name="Alles van ons").first.click()
    page.wait_for_url("**/koppelingen/*/")
    return page.locator("main").inner_text().count(note)


def no_line(route: Route) -> None:
    """Break the line before anything is sent."""
    route.abort("internetdisconnected")


def lost_answer(route: Route) -> None:
    """Let the house get it, and break the line before its answer is here."""
    route.fetch(max_redirects=0)
    route.abort("connectionreset")


def waits(page: Page) -> None:
    """See that the telephone says loudly that something waits."""
    expect(page.locator("#uitgaand")).to_contain_text(WAITING)


def sent(page: Page, tries: int = 100) -> None:
    """Wait until the telephone keeps no letter any more: a browser does not wait for a promise by itself."""
    for _try in range(tries):
        if page.evaluate(LETTERS) == []:
            return
        page.wait_for_timeout(100)
    pytest.fail("a letter is still kept")


def arrives(page: Page) -> None:
    """See that nothing waits any more, on a page that was opened with the line back."""
    page.unroute("**/brievenbus/")
    page.goto("/mijn-dag/")
    expect(page.locator("#uitgaand")).to_be_hidden()
    sent(page)


def test_a_report_on_a_good_line_arrives_at_once(phone: Page) -> None:
    write(phone, "Zij zong van de zee.")
    phone.wait_for_url("**/koppelingen/*/")
    assert phone.evaluate(LETTERS) == []
    assert told(phone, "Zij zong van de zee.") == 1


@pytest.mark.parametrize("cut", [no_line, lost_answer])
@pytest.mark.parametrize("again", [None, no_line, lost_answer])
def test_wherever_the_line_breaks_there_is_one_report(
    phone: Page, cut: Callable[[Route], None], again: Callable[[Route], None] | None
) -> None:
    """First while it is sent, then while it is sent again, and then the line is back."""
    note = f"Een torenvalk {cut.__name__} {again.__name__ if again else 'niets'}."
    phone.route("**/brievenbus/", cut)
    write(phone, note)
    waits(phone)
    expect(phone.locator("main")).to_contain_text("voor niemand leesbaar")
    if again:
        phone.unroute("**/brievenbus/")
        phone.route("**/brievenbus/", again)
        phone.goto("/mijn-dag/")
        waits(phone)
    arrives(phone)
    assert told(phone, note) == 1


def test_a_worry_waits_as_well(phone: Page) -> None:
    phone.route("**/brievenbus/", no_line)
    phone.goto("/mijn-dag/")
    phone.locator("a.worry").first.click()
    phone.get_by_label("Waar gaat het over?").select_option(label="Iets anders")
    phone.locator("[name=words]").fill("Er ligt een kievitsei op de stoep.")
    phone.get_by_role("button", name="Verstuur").click()
    waits(phone)
    with pytest.raises(pytest.fail.Exception):
        sent(phone, 2)
    arrives(phone)
    phone.goto("/zorgen/")
    assert "kievitsei" in phone.content()


def test_what_is_refused_comes_back_with_its_text_and_arrives_once_it_is_mended(phone: Page) -> None:
    note = "Zij tekende een waterhoen."
    write(phone, note, hours="")
    expect(phone.get_by_role("alert")).to_contain_text("Hoe lang")
    expect(phone.locator("[name=note]")).to_have_value(note)
    phone.locator("[name=minutes]").first.check(force=True)
    phone.get_by_role("button", name="Bewaar").click()
    phone.wait_for_url("**/koppelingen/*/")
    assert phone.evaluate(LETTERS) == []
    assert told(phone, note) == 1


def test_signing_out_sends_first_when_the_line_is_back(phone: Page, enter: Enter) -> None:
    note = "Zij las over de wulp."
    phone.route("**/brievenbus/", no_line)
    write(phone, note)
    waits(phone)
    phone.unroute("**/brievenbus/")
    phone.get_by_role("button", name="Afmelden").click()
    phone.wait_for_url(lambda url: "/koppelingen/" not in url)
    assert phone.evaluate(LETTERS) == []
    again = phone.context.new_page()
    again.goto("/demo/?rol=volunteer")
    again.get_by_role("button", name="Truus").first.click()
    again.wait_for_url(lambda url: "/demo/" not in url)
    assert told(again, note) == 1


def test_signing_out_asks_first_and_leaves_nothing_behind(phone: Page) -> None:
    phone.route("**/brievenbus/", no_line)
    write(phone, "Zij zag een grutto.")
    waits(phone)
    asked: list[str] = []
    phone.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    phone.get_by_role("button", name="Afmelden").click()
    phone.wait_for_timeout(500)
    assert "nog niet zijn verstuurd" in asked[0]
    assert len(phone.evaluate(LETTERS)) == 1
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="Afmelden").click()
    phone.wait_for_url(lambda url: "/koppelingen/" not in url)
    assert phone.evaluate(LETTERS) == []


@pytest.fixture
def pocket(
    browser_type: BrowserType, house: House, watch: Watch, tmp_path: Path
) -> Iterator[tuple[BrowserContext, Path]]:
    """Hold a telephone whose whole memory is a folder."""
    watch.expected += ["net::ERR_"]
    memory = tmp_path / "memory"
    context = browser_type.launch_persistent_context(
        memory, executable_path=CHROMIUM, args=ARGUMENTS, base_url=house.url, locale="nl-NL"
    )
    context.set_default_timeout(30_000)
    yield watch.over(context), memory
    context.close()


def readable(memory: Path, word: str) -> list[str]:
    """Name the files of a telephone in which a word stands, in either way that browsers write text."""
    forms = (word.encode(), word.encode("utf-16-le"))
    files = [each for each in memory.rglob("*") if each.is_file() and not each.is_symlink()]
    return [
        str(each.relative_to(memory)) for each in files if any(form in each.read_bytes() for form in forms)
    ]


def test_the_memory_of_a_telephone_holds_no_readable_word(pocket: tuple[BrowserContext, Path]) -> None:
    context, memory = pocket
    page = context.new_page()
    page.goto("/demo/?rol=volunteer")
    page.get_by_role("button", name="Truus").first.click()
    page.wait_for_url(lambda url: "/demo/" not in url)
    page.route("**/brievenbus/", no_line)
    write(page, "Zij vond een zilverschoon in het gras.")
    waits(page)
    (letter,) = page.evaluate(LETTERS)
    assert set(letter) == {"mark", "at", "refused", "version", "point", "nonce", "sealed"}
    # The control: a word that lies open in the same store, and one in the other.
    page.evaluate("""() => new Promise((resolve) => {
        localStorage.setItem("proef", "kaasjeskruid");
        const asked = indexedDB.open("gib");
        asked.onsuccess = () => {
            const change = asked.result.transaction("letters", "readwrite", { durability: "strict" });
            change.objectStore("letters").put({ mark: "proef", refused: true, note: "duizendblad" });
            change.oncomplete = () => { asked.result.close(); resolve(); };
        };
    })""")
    context.close()
    assert any("IndexedDB" in name for name in readable(memory, "duizendblad")), "the scan is blind"
    assert any("Local Storage" in name for name in readable(memory, "kaasjeskruid")), "the scan is blind"
    assert readable(memory, "zilverschoon") == []


def test_a_visit_is_told_in_four_taps(phone: Page) -> None:
    """Count what the thumb does, as the browser sees it, and what the model says of it."""
    phone.goto("/mijn-dag/")
    phone.get_by_role("link", name="Alles van ons").first.click()
    phone.get_by_role("link", name="Plan een bezoek").first.click()
    phone.locator("[name=on]").fill("11-01-2011")
    phone.locator("[name=at]").fill("00:05")
    with phone.expect_navigation():
        phone.locator("main form.form button[type=submit]").click()
    taps: list[str] = []
    phone.expose_function("tapped", lambda name: taps.append(name))
    phone.add_init_script("addEventListener('pointerdown', (e) => tapped(e.target.tagName), true)")
    phone.goto("/mijn-dag/")
    phone.get_by_role("link", name="Ik ben geweest").click()
    phone.locator("label:has([name=minutes])").first.click()
    phone.locator("label:has([name=mood])").nth(3).click()
    phone.get_by_role("button", name="Bewaar").click()
    phone.wait_for_url("**/koppelingen/*/")
    seconds = len(taps) * (POINT + PRESS) + 3 * THINK
    print(f"{len(taps)} taps, {seconds:.1f} s by the keystroke-level model")
    assert 1 <= len(taps) <= 4, taps
    assert seconds <= 10
