"""The words and small tools of every template."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gib.core.ui import charts, states, words

register = template.Library()
_LEVELS = {"success": "good", "info": "busy", "warning": "warn", "error": "stop", "debug": "rest"}


@register.filter
def dag(value: date | datetime | None, how: str = "") -> str:
    """Write a day: "di 2 dec"; with "relatief" as argument "morgen" or "over 3 dagen"."""
    return words.day(value, is_relative=how == "relatief")


@register.filter
def uur(value: int | timedelta | None) -> str:
    """Write minutes as hours with a quarter step: "1½ uur"."""
    return words.hours(value)


@register.filter
def initial(name: str) -> str:
    """Write a first name with the initial of the last name."""
    return words.short_name(str(name))


@register.filter
def naam(name: str) -> SafeString:
    """Write a full name that turns into initials when the reader hides names."""
    return format_html(
        '<span class="full">{}</span><span class="short">{}</span>', name, words.initials(str(name))
    )


@register.filter
def tone(message_level: str) -> str:
    """Give the tone of a message."""
    return _LEVELS.get(message_level, "rest")


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Write the query of this address with some parameters changed; an empty value removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value not in (None, ""):
            parameters[name] = value
    return f"?{parameters.urlencode()}"


@register.simple_tag
def rest(attrs: Any) -> SafeString:
    """Write the attributes that a component was given besides its own, escaped."""
    return flatatt({name.replace("_", "-"): value for name, value in attrs.attrs_dict().items()})


@register.simple_tag
def state(key: str, word: str = "") -> states.State:
    """Look a state up in the one table."""
    return states.find(key, word)


@register.simple_tag
def labelled(text: str, tone: str) -> states.State:
    """Look a state up, or make one of a text with a number and a tone."""
    return states.labelled(text, tone)


@register.simple_tag
def icon_of(tone: str) -> str:
    """Give the icon that goes with a tone."""
    return states.TONES[tone]


@register.simple_tag
def help_phone() -> str:
    """Give the number to call when nothing works; empty when nobody set one."""
    return str(getattr(settings, "HELP_PHONE", ""))


@register.simple_tag
def marks_chart(marks: list[int]) -> charts.Chart:
    """Draw marks from 0 to 5 as a small line."""
    return charts.spark(marks)
