"""What of an answer is seen where nobody signs in: tabs, histories, folders of downloads, calendars."""

import re
from html import unescape
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

#: Where a page and a file say what they are; a folder, a reader or a search shows it beside the name.
_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.S)
_MARKS: Final = re.compile(rb"<\?xpacket begin.*?<\?xpacket end", re.S)
_OUTLINE: Final = re.compile(rb"/Title\s*\((.*?)\)", re.S)


def outside(answer: Any) -> str:
    """Give the name of a file, where an answer leads, and what its page, paper, sheet or calendar tells."""
    name, kind = answer.get("Content-Disposition", ""), answer.get("Content-Type", "").split(";")[0]
    told = _READERS.get(kind, lambda _content: "")(answer.content) if not answer.streaming else ""
    return f"{name}\n{answer.get('Location', '')}\n{told}"


def _page(content: bytes) -> str:
    """Give the titles of a page: of its tab, and so of the history of a browser."""
    html = content.decode()
    return unescape("\n".join(_TITLE.findall(html[: html.find("</head>")])))


def _paper(content: bytes) -> str:
    """Give what a PDF says of itself, and its outline."""
    return b"\n".join([*_MARKS.findall(content), *_OUTLINE.findall(content)]).decode("utf-8", "replace")


def _sheet(content: bytes) -> str:
    """Give what a workbook says of itself, and the names of its sheets."""
    with ZipFile(BytesIO(content)) as parts:
        names = [
            name for name in parts.namelist() if name.startswith("docProps/") or name == "xl/workbook.xml"
        ]
        return "\n".join(unescape(parts.read(name).decode()) for name in names)


_READERS: Final = {
    "text/html": _page,
    "application/pdf": _paper,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _sheet,
    "text/calendar": bytes.decode,
}
