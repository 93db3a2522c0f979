"""Where dossiers and involvement lie: told once by the slice that owns them."""

from typing import Any, Final

#: "dossier" and "involvement" -> the model.
OWNERS: Final[dict[str, Any]] = {}
