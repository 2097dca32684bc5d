"""Attributes that the guard has replaced, and what was there before."""
from __future__ import annotations

from typing import Any, Callable, List, Tuple

_MISSING = object()


class Patches:
    """A list of replacements, undone in reverse order. True while it holds any."""

    def __init__(self) -> None:
        self._replaced: List[Tuple[Any, str, Any]] = []
        self._undo: List[Callable[[], None]] = []

    def __bool__(self) -> bool:
        return bool(self._replaced)

    def replace(self, owner: Any, name: str, make: Callable[[Any], Any]) -> None:
        """Puts `make(original)` in the place of an attribute; does nothing where this version of Python has none."""
        original = getattr(owner, name, _MISSING)
        if original is _MISSING:
            return
        self._replaced.append((owner, name, vars(owner).get(name, _MISSING)))
        setattr(owner, name, make(original))

    def on_undo(self, function: Callable[[], None]) -> None:
        self._undo.append(function)

    def undo(self) -> None:
        while self._undo:
            self._undo.pop()()
        while self._replaced:
            owner, name, original = self._replaced.pop()
            if original is _MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, original)
