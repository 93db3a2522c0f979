"""Django's plumbing for the vault."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The vault keeps wrapped keys and tombstones in a store of their own."""

    name = "gib.core.vault"
    label = "vault"
