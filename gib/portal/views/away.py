"""What a telephone keeps for when there is no line: a page that names nobody, and a script that shows it."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from gib.care.products.forms import LogForm
from gib.core import ui
from gib.core.access.guard import public
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import local_day
from gib.core.ui.context import seal

#: What lies in a telephone beside the page: how it looks, and what seals a report.
SHELL: Final = ("ui/gib.css", "ui/outbox.js", "ui/icons.svg", "ui/favicon.svg")
_SCRIPT: Final = Path(ui.__file__).parent / "static" / "ui" / "worker.js"


@public
@require_safe
def away(request: Any) -> HttpResponse:
    """Say that there is no line, and let a report be written; the same page for everybody, without a name."""
    return HttpResponse(_page(request.now))


@public
@require_safe
def worker(request: Any) -> HttpResponse:
    """Give the script that shows the page, with what it keeps and the name of that version."""
    shell = [reverse("portal:away"), *map(static, SHELL)]
    script = _SCRIPT.read_text()
    version = sha256("\n".join([_page(request.now), script, *shell]).encode()).hexdigest()
    told = f"const STORE = {json.dumps(f'gib-{version[:16]}')};\nconst SHELL = {json.dumps(shell)};\n"
    return HttpResponse(told + script, content_type="text/javascript; charset=utf-8")


def _page(now: Now) -> str:
    """Draw the page without the request, so that nothing of who asks can come into it.

    `behind`: how many days the business day lies behind the clock of a telephone; 0 outside a demonstration.
    """
    told = {"form": LogForm(), "postbox": seal(), "behind": (local_day(now.at) - now.on).days}
    return render_to_string("portal/away.html", told)
