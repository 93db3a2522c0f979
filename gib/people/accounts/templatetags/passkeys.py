"""What the page of a passkey hands to its script."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """Write plain values as JSON for a data attribute; the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)
