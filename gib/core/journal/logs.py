"""What the server log may hold: kinds of faults and places in the code, never a value of anybody."""

import logging
import traceback
from types import TracebackType


class NoValues(logging.Formatter):
    """Writes a fault as its kind and the lines it went through; its own words may hold a name.

    Of a request only the status and the name of the page are written: its address is what somebody typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write one line, and for a fault the way through the code."""
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        page = f"{getattr(record, 'status_code', '')} {match.view_name if match else 'no page'}"
        lines = [f"{record.levelname} {record.name}: {record.getMessage() if request is None else page}"]
        if record.exc_info and record.exc_info[0]:
            lines += self._way(record.exc_info[2], record.exc_info[0].__name__)
        return "\n".join(lines)

    def _way(self, way: TracebackType | None, kind: str) -> list[str]:
        frames = traceback.extract_tb(way)
        return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames] + [f"  {kind}"]
