"""Where dossiers, involvement and looks in an emergency lie: told once by the slice that owns them."""

from typing import Any, Final

#: "dossier", "involvement" and "emergency" -> the model.
OWNERS: Final[dict[str, Any]] = {}
