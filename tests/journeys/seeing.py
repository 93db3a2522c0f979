"""Looking at pages as axe does, wide and narrow, light and dark; walking by links; spoiling a form.

Pages that differ in their words only have one shape. Each is measured where words are soonest too wide: on
the smallest screen, and with letters twice as large. All else, and the other widths, are looked at once per
shape.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import APIResponse, Page

TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FULL: Final = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
WIDE, NARROW, SLIM = ({"width": width, "height": 900} for width in (1280, 360, 320))
#: How a page is looked at again: with the rules to which the colours or the width of that way matter.
OTHERS: Final = (
    ("dark", WIDE, ("color-contrast",)),
    ("light", NARROW, ("color-contrast", "target-size")),
    ("dark", NARROW, ("color-contrast",)),
)
AXE: Final = Axe().axe_script
#: Writes down all that axe may judge by. A word becomes the number of its first place, so that the same words
#: stay the same, with whether it is short; a target says whether its words leave it smaller than it must be.
SHAPE: Final = """() => {
    document.querySelectorAll('details').forEach(one => one.open = true)
    const words = ['href', 'action', 'formaction', 'value', 'datetime', 'title', 'alt', 'placeholder', 'src',
        'nonce', 'min', 'max', 'id', 'for', 'name', 'list', 'form', 'headers', 'aria-label',
        'aria-describedby', 'aria-labelledby', 'aria-controls']
    const numbers = new Map()
    const number = word => numbers.get(word) ?? numbers.set(word, numbers.size).get(word)
    const numbered = text => text.split(/[\\s#]+/).map(word => word && number(word)).join()
    const told = ({name, value}) => words.includes(name) || /^(data|hx)-/.test(name)
        ? name + (value.startsWith('#') ? '#' : '') + numbered(value) : name + '=' + value
    const small = box => box.width < 24 || box.height < 24
    const shape = node => {
        if (node.nodeType === 3) {
            const text = node.data.trim()
            return text && number(text) + '.' + Math.min(text.length, 4)
        }
        if (node.nodeType !== 1) return ''
        if (node.matches('link, meta, style')) return node.outerHTML
        const is = node.matches('a, button, input, select, textarea, summary, label')
        const size = is && small(node.getBoundingClientRect())
        const all = [node.tagName, size, ...[...node.attributes].map(told)]
        return '<' + all.join(' ') + '>' + [...node.childNodes].map(shape).join('') + '</>'
    }
    return shape(document.documentElement)
}"""
HREFS: Final = "all => all.filter(a => !a.hasAttribute('download')).map(a => a.href)"
OVERFLOW: Final = """() => {
    const page = document.documentElement, wide = page.clientWidth
    if (page.scrollWidth <= wide) return ''
    const out = [...document.querySelectorAll('main *, header *, footer *')]
        .find(one => one.getBoundingClientRect().right > wide + 1)
    return page.scrollWidth - wide + ' px too wide: ' + (out?.outerHTML ?? '').slice(0, 120)
}"""
LARGER: Final = "size => document.documentElement.style.fontSize = size"
#: Puts into every field what cannot be, and takes away the token, so that nothing happens whatever else.
SPOIL: Final = """form => {
    form.querySelector('[name=token]').value = 'kapot'
    const said = [...form.elements].filter(one => !['hidden', 'submit', 'button', 'file'].includes(one.type))
    for (const one of said) {
        if (one.tagName === 'SELECT') { one.add(new Option('onzin', 'onzin')); one.value = 'onzin' }
        else if (one.type === 'checkbox') one.checked = false
        else if (one.type === 'radio') { one.value = 'onzin'; one.checked = true }
        else one.value = one.required ? '' : '31-02-2011'
    }
    return said.length
}"""
FORM: Final = "main form.form[method=post]:has([name=token])"
#: Shape of a page -> what axe objected to, in whichever house it was.
SEEN: Final[dict[str, list[str]]] = {}


def kind_of(url: str) -> str:
    """Name the kind of a page: its address with the ids left out; words such as the name of a tab stay."""
    path = urlsplit(url).path
    try:
        match = resolve(path)
    except Resolver404:
        return path
    words = [str(value) for value in match.kwargs.values() if re.fullmatch(r"[a-z_-]+", str(value))]
    return " ".join([match.route, *words])


def faults(page: Page, options: dict[str, Any]) -> list[str]:
    """Give what axe objects to, with the place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", options)
    assert found["passes"], "axe looked at nothing"
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]


def look(page: Page) -> list[str]:
    """Look at the page that is open, without a reload: how wide it is, and all else once per shape."""
    page.set_viewport_size(SLIM)
    shape = page.evaluate(SHAPE)
    found = _sideways(page, "light 320")
    page.set_viewport_size(WIDE)
    page.evaluate(LARGER, "200%")
    found += _sideways(page, "letters of 200 %")
    page.evaluate(LARGER, "")
    if shape not in SEEN:
        SEEN[shape] = _judged(page)
    return found + SEEN[shape]


def _judged(page: Page) -> list[str]:
    """Give what axe objects to: everything once, then what other colours and another width can change."""
    _turn(page, "light", WIDE)
    found = faults(page, FULL) + _sideways(page, "light 1280")
    for scheme, size, rules in OTHERS:
        _turn(page, scheme, size)
        where = f"{scheme} {size['width']}"
        some = {"runOnly": {"type": "rule", "values": rules}, "resultTypes": ["violations"]}
        found += [f"{where}: {fault}" for fault in faults(page, some)] + _sideways(page, where)
    _turn(page, "light", WIDE)
    return found


def _turn(page: Page, scheme: Any, size: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size(size)


def _sideways(page: Page, where: str) -> list[str]:
    said = page.evaluate(OVERFLOW)
    return [f"{where}: {said}"] if said else []


def spoilt(page: Page) -> bool:
    """Send the form of the page with faults in every field; tell whether it came back with its errors."""
    form = page.locator(FORM)
    if form.count() == 0 or form.first.evaluate(SPOIL) == 0:
        return False
    with page.expect_navigation() as moved:
        form.first.locator("button[type=submit]").first.click()
    assert moved.value.status == 422, f"{page.url} took nonsense: {moved.value.status}"
    return True


def is_page(answer: APIResponse) -> bool:
    """Tell whether an answer is a page to look at, and no file."""
    return answer.status == 200 and "text/html" in answer.headers["content-type"]


def opened(page: Page, urls: list[str]) -> bool:
    """Open the first of these addresses that is a page, and neither sends on nor hands over a file."""
    for url in urls:
        if is_page(page.request.get(url, max_redirects=0)):
            page.goto(url)
            return True
    return False


@dataclass
class Walk:
    """One page of each kind that links lead to, and the links that lead nowhere."""

    page: Page
    seen: dict[str, str] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)

    def pages(self) -> Iterator[str]:
        """Open page after page, and give the kind of each while it stands open."""
        waiting = [self.page.url]
        while waiting:
            url = waiting.pop(0)
            if self._is_new(url):
                self.page.goto(url)
                yield kind_of(url)
                waiting += self.links()

    def links(self) -> list[str]:
        """Give where the page that is open leads to, inside the house."""
        home = urlsplit(self.page.url).netloc
        found = self.page.eval_on_selector_all("a[href]", HREFS)
        return [each.split("#")[0] for each in found if urlsplit(each).netloc == home]

    def _is_new(self, url: str) -> bool:
        kind = kind_of(url)
        if kind in self.seen:
            return False
        self.seen[kind] = url
        answer = self.page.request.get(url)
        if answer.status != 200:
            self.dead.append(f"{answer.status} {url}")
        return is_page(answer)
