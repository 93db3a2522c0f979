"""Addresses of later stages, which go through the portal."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse


def page(name: str, *keys: UUID | str) -> str:
    """Give the address of a page; nothing where this house has no such page."""
    try:
        return reverse(name, args=keys)
    except NoReverseMatch:
        return ""
