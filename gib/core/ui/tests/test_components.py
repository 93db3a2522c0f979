"""Every component is drawn without an undefined variable, and as the design says."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.test import RequestFactory

from gib.core.ui import charts, samples, states, tables
from gib.core.ui.slots import Task

Draw = Callable[..., str]
FOLDER = Path(samples.__file__).parent
COMPONENTS = sorted(path.stem for path in (FOLDER / "templates" / "cotton").glob("*.html"))
GALLERY = "".join(path.read_text() for path in (FOLDER / "templates" / "ui").rglob("*.html"))


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html5lib")


def test_there_are_at_most_thirty() -> None:
    assert len(COMPONENTS) <= 30


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_declares_its_variables_and_is_used_in_the_gallery(name: str) -> None:
    source = (FOLDER / "templates" / "cotton" / f"{name}.html").read_text()
    assert source.count("<c-vars") == 1
    assert re.search(rf"<c-{name}[ >]", GALLERY)


@pytest.mark.parametrize("path", sorted((FOLDER / "templates").rglob("*.html")), ids=lambda path: path.stem)
def test_no_template_styles_or_scripts_inline_or_names_a_colour(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"<style|style=|<script>|\son\w+=|javascript:", source)
    assert "brand" in path.stem or not re.search(r"#[0-9a-f]{3,6}\b(?!\")", source.replace("#i-", ""))


def test_an_icon_points_into_the_sprite(draw: Draw) -> None:
    html = draw('<c-icon name="clock" />')
    assert html == ('<svg class="icon" aria-hidden="true"><use href="/static/ui/icons.svg#i-clock"/></svg>')


def test_every_icon_that_is_named_exists() -> None:
    named = set(re.findall(r'<c-icon name="(\w+)"|icon="(\w+)"', GALLERY))
    assert {one or other for one, other in named} <= states.ICONS
    assert {state.icon for state in states.STATES.values()} | set(states.TONES.values()) <= states.ICONS


@pytest.mark.parametrize(
    ("source", "tone", "icon", "word"),
    [
        ('<c-badge state="kept" />', "good", "check", "Gehouden"),
        ('<c-badge state="near" word="27 dagen" />', "warn", "clock", "27 dagen"),
        ('<c-badge word="4 dagen" tone="warn" />', "warn", "clock", "4 dagen"),
        ('<c-badge word="Ver" tone="warn" icon="car" />', "warn", "car", "Ver"),
        ('<c-badge word="uncovered" tone="rest" />', "stop", "euro", "Niet gedekt"),
    ],
)
def test_a_badge_is_a_tone_an_icon_and_a_word(
    draw: Draw, source: str, tone: str, icon: str, word: str
) -> None:
    badge = soup(draw(source)).find(class_="badge")
    assert (badge["data-tone"], badge.get_text(strip=True)) == (tone, word)
    assert badge.use["href"].endswith(f"#i-{icon}")


def test_a_state_outside_the_table_does_not_exist(draw: Draw) -> None:
    with pytest.raises(KeyError):
        draw('<c-badge state="bestaat_niet" />')


@pytest.mark.parametrize(
    "row",
    [
        ("roze", "check", "Ja"),
        ("good", "hamster", "Ja"),
        ("good", "check", "Dit is te lang"),
        ("warn", "flag", "Ja"),
    ],
)
def test_a_state_must_speak_the_language_of_the_house(row: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="state yes"):
        states.register({"yes": row})


def test_declaring_a_state_twice_the_same_way_is_fine() -> None:
    before = dict(states.STATES)
    states.register({"yes": ("good", "check", before["yes"].word)})
    assert before == states.STATES


def test_a_button_is_a_link_when_it_leads_somewhere(draw: Draw) -> None:
    source = '<c-btn url="{{ url }}" icon="pen" look="main" about="bij Eva" data-new>Open</c-btn>'
    link = soup(draw(source, url="/a/?b=1&c=2")).a
    assert (link["href"], link["class"], link.has_attr("data-new")) == ("/a/?b=1&c=2", ["btn", "main"], True)
    assert link.get_text().strip() == "Open bij Eva"
    button = soup(draw('<c-btn type="submit" disabled>Bewaar</c-btn>')).button
    assert (button["type"], button.has_attr("disabled")) == ("submit", True)


def test_attributes_given_to_a_component_are_escaped(draw: Draw) -> None:
    html = draw('<c-btn :title="text">Open</c-btn>', text='"><script>alert(1)</script>')
    assert "<script>" not in html
    assert soup(html).button["title"] == '"><script>alert(1)</script>'


@pytest.mark.parametrize("name", ["notice", "card", "empty", "facts", "line", "goal", "task", "identity"])
def test_what_people_wrote_is_escaped_everywhere(draw: Draw, name: str) -> None:
    evil = "<b>Eva</b>"
    task = Task(evil, evil, "/x/", evil, "rest", "")
    attrs = ':title="evil" :words="evil" :name="evil" :about="evil" :when="evil" :task="task" :rows="rows"'
    html = draw(f"<c-{name} {attrs}>{{{{ evil }}}}</c-{name}>", evil=evil, task=task, rows=[(evil, evil)])
    assert "<b>Eva" not in html
    assert "Eva" in html


def test_a_component_does_not_see_what_the_page_calls_by_the_same_name(draw: Draw) -> None:
    assert 'data-tone="busy"' in draw("<c-notice>Tekst</c-notice>", tone="stop", title="Lek")
    assert "Lek" not in draw("<c-notice>Tekst</c-notice>", tone="stop", title="Lek")


def test_a_task_row_names_the_person_on_its_button(draw: Draw) -> None:
    task = Task("Kelly J.", "Nog geen maatje.", "/moeders/1/", "Zoek maatje", "warn", "27 dagen")
    row = soup(draw('<ul><c-task :task="task" /></ul>', task=task)).li
    assert (row["data-tone"], row.find(class_="badge").get_text(strip=True)) == ("warn", "27 dagen")
    assert row.find(class_="btn").get_text() == "Zoek maatje Kelly J."
    assert "is-done" not in row["class"]


def test_a_task_can_be_finished_from_its_row(draw: Draw) -> None:
    task = Task("Kelly J.", "Nog geen maatje.", "/moeders/1/", "Zoek maatje")
    row = soup(draw('<ul><c-task :task="task" finish="/klaar/1/" /></ul>', task=task)).li
    assert (row.form["method"], row.form["action"]) == ("post", "/klaar/1/")
    assert row.select_one("[data-done]").get_text(strip=True).startswith("Klaar")


def test_a_task_that_is_done_says_so_aloud_and_can_be_undone(draw: Draw) -> None:
    row = soup(draw('<ul><c-task done="Klaar: Kelly J."><c-undo url="/herstel/1/" /></c-task></ul>')).li
    assert row.find(role="status").get_text(strip=True) == "Klaar: Kelly J."
    assert (row.form["action"], row.form["data-undo"], row.form["method"]) == ("/herstel/1/", "10", "post")


def test_pages_offers_only_what_is_there(draw: Draw) -> None:
    assert draw("<c-pages />") == ""
    page = soup(draw('<c-pages older="?voor=1" />'))
    assert [(link["href"], link["rel"]) for link in page.find_all("a")] == [("?voor=1", ["next"])]


def test_phases_and_steps_say_where_one_is(draw: Draw) -> None:
    phases = soup(draw('<c-phases :items="items" />', items=samples.lists()["phases"]))
    assert [item.b.get_text() for item in phases.select('[aria-current="step"]')] == ["Binnen"]
    assert len(phases.select("li.done")) == 2
    steps = soup(draw('<c-steps label="x" :items="items" :at="1" />', items=["a", "b"]))
    assert steps.find(attrs={"aria-current": "step"}).get_text() == "b"


def test_a_timeline_row_has_only_the_parts_it_was_given(draw: Draw) -> None:
    bare = soup(draw('<ol><c-line title="Koppeling gestart" when="do 15 okt" /></ol>')).li
    assert not bare.select("p, .told, details")
    full = soup(draw('<ol><c-line title="a" when="b" state="attention" sees="U" more="c">d</c-line></ol>')).li
    assert [tag.get_text(strip=True) for tag in full.select("p, .told")] == ["d", "c", "U"]


def table(**changes: Any) -> tables.Table:
    columns = [tables.Column("Naam", key="naam"), "Stand", tables.Column("Uren", key="uren", is_number=True)]
    rows = [[tables.Cell("Ineke S.", url="/v/1/"), tables.Cell(state="deployable"), 13]]
    return tables.make("Uren", columns, rows, **changes)


def test_a_table_can_be_scrolled_and_read_by_name(draw: Draw) -> None:
    page = soup(
        draw('<c-table :table="table" />', table=table(foot=["Samen", "", 13], caption="Uren per maand"))
    )
    scroll = page.find(role="group")
    assert (scroll["tabindex"], scroll["aria-label"]) == ("0", "Uren")
    assert page.caption.get_text() == "Uren per maand"
    assert [cell["scope"] for cell in page.select("thead th")] == ["col"] * 3
    assert page.select_one('tbody th[scope="row"] a')["href"] == "/v/1/"
    assert page.select_one("tbody .badge").get_text(strip=True) == "Inzetbaar"
    assert [cell.get_text(strip=True) for cell in page.select("td.num")] == ["13", "13"]


def test_a_table_without_foot_or_caption_has_none(draw: Draw) -> None:
    page = soup(draw('<c-table :table="table" />', table=table()))
    assert page.tfoot is None
    assert page.caption is None


def test_a_row_of_another_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        tables.make("Uren", ["a", "b"], [["1"]])


@pytest.mark.parametrize(
    ("asked", "by", "is_down", "urls", "sorted_as"),
    [
        ("", "naam", False, ["?stand=open&volgorde=-naam", "?stand=open&volgorde=uren"], ["ascending", ""]),
        (
            "-naam",
            "naam",
            True,
            ["?stand=open&volgorde=naam", "?stand=open&volgorde=uren"],
            ["descending", ""],
        ),
        (
            "uren",
            "uren",
            False,
            ["?stand=open&volgorde=naam", "?stand=open&volgorde=-uren"],
            ["", "ascending"],
        ),
        (
            "password",
            "naam",
            False,
            ["?stand=open&volgorde=-naam", "?stand=open&volgorde=uren"],
            ["ascending", ""],
        ),
    ],
)
def test_sorting_is_a_link_that_keeps_the_filter(
    rf: RequestFactory, asked: str, by: str, is_down: bool, urls: list[str], sorted_as: list[str]
) -> None:
    columns = [tables.Column("Naam", key="naam"), tables.Column("Stand"), tables.Column("Uren", key="uren")]
    request: HttpRequest = rf.get("/", {"stand": "open"} | ({"volgorde": asked} if asked else {}))
    assert tables.ordering(request, columns) == (by, is_down)
    linked = tables.sortable(request, columns)
    assert [column.url for column in linked if column.key] == urls
    assert [column.sorted for column in linked if column.key] == sorted_as


def test_the_sorted_column_says_so(draw: Draw, rf: RequestFactory) -> None:
    columns = tables.sortable(
        rf.get("/"), [tables.Column("Naam", key="naam"), tables.Column("Uren", key="uren")]
    )
    page = soup(draw('<c-table :table="table" />', table=tables.make("Uren", columns, [["Ineke S.", 3]])))
    assert [head.get("aria-sort") for head in page.select("thead th")] == ["ascending", None]


def parts(*counts: int) -> list[charts.Part]:
    return [charts.Part(f"deel {index}", count) for index, count in enumerate(counts)]


@pytest.mark.parametrize("counts", [(28, 20, 10), (1,), (0, 0), ()])
@pytest.mark.parametrize(
    "make", [charts.bars, charts.flow, lambda title, some: charts.stacked(title, [("jaar", some)])]
)
def test_a_chart_says_its_numbers_and_stays_in_its_box(
    draw: Draw, make: Any, counts: tuple[int, ...]
) -> None:
    chart = make("Titel", parts(*counts))
    page = soup(draw('<c-chart :chart="chart" note="Bijschrift" />', chart=chart))
    assert all(str(count) in page.svg["aria-label"] for count in counts)
    left, _top, width, _height = map(float, chart.box.split())
    assert all(rect.width >= 0 and left <= rect.x and rect.x + rect.width <= width for rect in chart.rects)


def test_bars_are_as_long_as_their_number() -> None:
    assert [rect.width for rect in charts.bars("x", parts(40, 20, 0)).rects] == [224, 112, 0]


def test_numbers_in_a_drawing_have_a_point_not_a_comma(draw: Draw) -> None:
    html = draw('<c-chart :chart="chart" />', chart=charts.stacked("x", [("a", parts(3, 4))]))
    assert not re.search(r'(x|y|width)="\d+,', html)


def test_a_number_that_does_not_fit_its_part_is_left_to_the_sentence() -> None:
    chart = charts.stacked("x", [("a", parts(1000, 1))])
    assert [text.text for text in chart.texts] == ["a", "1000"]
    assert "deel 1 1" in chart.label


@pytest.mark.parametrize(
    ("marks", "label", "dots"),
    [([1, 2, 4], "Cijfers 1, 2, 4", 1), ([3], "Cijfers 3", 1), ([9], "Cijfers 9", 1)],
)
def test_her_marks_are_a_thread_with_a_knot(draw: Draw, marks: list[int], label: str, dots: int) -> None:
    page = soup(draw('<c-spark :marks="marks" since="sinds mei" />', marks=marks))
    assert (page.svg["aria-label"], len(page.find_all("circle"))) == (label, dots)
    assert page.strong.get_text() == f"{marks[0]} → {marks[-1]}"
    assert all(0 <= float(dot["cy"]) <= 40 for dot in page.find_all("circle"))


def test_without_marks_there_is_no_thread(draw: Draw) -> None:
    assert draw('<c-spark :marks="marks" />', marks=[]) == ""


def test_a_figure_and_a_count_lead_to_their_rows(draw: Draw) -> None:
    data = samples.lists()
    html = draw('<c-counts label="a" :items="counts" /><c-figures label="b" :items="figures" />', **data)
    page = soup(html)
    assert len(page.select("ul.counts a")) == 2
    assert len(page.select("ul.figures a")) == 3


def test_a_question_beforehand_is_a_form_with_a_way_back(draw: Draw) -> None:
    source = (
        '<c-confirm title="Delen?" url="/deel/" button="Deel" cancel="/terug/">Alleen de brief.</c-confirm>'
    )
    page = soup(draw(source))
    assert (page.form["method"], page.form["action"], page.a["href"]) == ("post", "/deel/", "/terug/")
