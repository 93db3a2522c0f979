"""Django's plumbing for this slice."""

from django.apps import AppConfig

from gib.core.access.owners import OWNERS


class FamiliesConfig(AppConfig):
    """Families own the dossier and who is involved in it; the scope of every slice stands on both."""

    name = "gib.people.families"
    label = "families"

    def ready(self) -> None:
        """Tell the scope where dossiers, involvement and looks in an emergency lie."""
        OWNERS["dossier"] = self.get_model("dossier")
        OWNERS["involvement"] = self.get_model("involvement")
        OWNERS["emergency"] = self.get_model("emergency")
