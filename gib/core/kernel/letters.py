"""Names and words as people compare them: without capitals, accents and strokes."""

import unicodedata
from typing import Final

#: Letters of their own that an ordinary keyboard does not have, with what people type instead.
_TYPED: Final = str.maketrans("ıłøđ", "ilod")


def plain(text: str) -> str:
    """Give a text in small letters without accents: 'Łucja', 'KAYI' and 'Zoë' become lucja, kayi and zoe."""
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in small if not unicodedata.combining(sign)).translate(_TYPED)
