"""Django's plumbing for this slice."""

from importlib import import_module

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """The fourth stage of the chain: what the five products share, and the tables of each of the five."""

    name = "gib.care.products"
    label = "products"

    def import_models(self) -> None:
        """Find the tables of the five too: the shared models below them may not name them."""
        super().import_models()
        for product in ("moeder_de_gans", "ik_jij_wij", "moeder_kind_bezoeken", "moedermaatjes"):
            import_module(f"{self.name}.{product}.models")
