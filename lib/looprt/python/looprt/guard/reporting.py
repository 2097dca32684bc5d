"""Where the guard's findings go: counted, kept, and then raised or logged as the mode says."""
from __future__ import annotations

import collections
import logging
import threading
from types import FrameType
from typing import Any, Deque, Dict, NamedTuple, Optional, Sequence, Set, Tuple

from ..misuse import LoopMisuseError, Step, misuse, way_here

logger: logging.Logger = logging.getLogger("looprt.guard")


class Report(NamedTuple):
    """One finding: `str(report)` is what is logged or raised."""

    code: str
    message: str
    remedy: str
    steps: Tuple[Step, ...]
    thread: str

    def __str__(self) -> str:
        return str(LoopMisuseError(self.code, self.message, self.remedy, self.steps))


class Reporter:
    """Thread-safe."""

    def __init__(self) -> None:
        self.mode = "off"
        self.reports: Deque[Report] = collections.deque(maxlen=1000)
        self.counts: Dict[str, int] = collections.Counter()
        self._logged: Set[Tuple[str, Optional[Step]]] = set()
        self._lock = threading.Lock()

    def clear(self) -> None:
        with self._lock:
            self.reports.clear()
            self.counts.clear()
            self._logged.clear()

    def report(self, code: str, frame: Optional[FrameType], *, remedy: Optional[str] = None, may_raise: bool = True,
               cause: Optional[BaseException] = None, thread: Optional[str] = None, steps: Optional[Sequence[Step]] = None,
               **names: Any) -> None:
        """Reports `code` at `frame`; raises where the mode says so and `may_raise`."""
        error = misuse(code, remedy=remedy, steps=way_here(frame) if steps is None else steps, **names)
        place = (code, error.steps[-1] if error.steps else None)
        with self._lock:
            self.counts[code] += 1
            self.reports.append(Report(error.code, error.message, error.remedy, error.steps,
                                       thread or threading.current_thread().name))
            is_new = place not in self._logged
            if len(self._logged) < 10_000:
                self._logged.add(place)
        if self.mode == "raise" and may_raise:
            raise error from cause
        if self.mode != "count" and is_new:
            logger.warning("%s", error)


reporter: Reporter = Reporter()
