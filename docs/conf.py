"""How the documentation is built: strictly, with the same words as the code."""

from typing import Any

from pygments.lexers.special import TextLexer

project = "Gezin in Balans"
copyright = "the contributors of Gezin in Balans, EUPL-1.2"
author = "the contributors of Gezin in Balans"
language = "en"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Gezin in Balans"
html_copy_source = False
html_show_sphinx = False
nitpicky = True


def setup(app: Any) -> None:
    """Show state diagrams as text: drawing them needs a script from elsewhere."""
    app.add_lexer("mermaid", TextLexer)
