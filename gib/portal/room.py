"""Room for the frames of a request, so that no depth of calls is dearer than another."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase

#: Words in the frame below every request. The interpreter gives frames room by the chunk and gives a chunk
#: back with the first frame in it; calls at its edge would take and return one each time. A frame as large
#: as this gets a chunk of its own, in which a thousand more fit.
WORDS: Final = 17_000


def below(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let all frames of a request lie in one chunk."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.__code__ = middleware.__code__.replace(co_stacksize=WORDS)
    return middleware
