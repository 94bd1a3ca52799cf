"""Citations of a tab: numbered chips in its text, and the cards that they open."""

from __future__ import annotations

from collections.abc import Iterable

from rolewise.advisor.compose import Footnotes
from rolewise.corpus import Corpus, Passage
from rolewise.web.markdown import escaped
from rolewise.web.sources import card_body


class Citing:
    """Numbers passages in the order in which a tab cites them. `prefix` keeps its element ids apart from other tabs'."""

    def __init__(self, corpus: Corpus, prefix: str) -> None:
        self._corpus = corpus
        self._notes = Footnotes(corpus)
        self._prefix = prefix

    def chips(self, passages: Iterable[Passage]) -> str:
        """A button for each passage, to stand behind what it bears."""
        passages = tuple(passages)
        self._notes.marks(passages)
        numbers = dict.fromkeys(self._notes.numbers[p.id] for p in passages)
        buttons = (
            f"<button type='button' class='rw-chip' popovertarget='{self._prefix}-{n}' aria-label='Source {n}'>{n}</button>"
            for n in numbers
        )
        return f" <span class='rw-chips'>{''.join(buttons)}</span>" if numbers else ""

    def cards(self) -> str:
        """The cards of all chips so far, each hidden until its chip is pressed."""
        texts = self._corpus.document
        return "".join(
            f"<div class='rw-card rw-pop' popover id='{self._prefix}-{c.n}' role='dialog' aria-label='Source {c.n}'>"
            f"{card_body(c, lambda ident: texts[ident].text)}</div>"
            for c in self._notes.citations()
        )


def ask_button(question: str) -> str:
    """Carries its question to the chat (`tabs.js` hears the click)."""
    return (
        f"<button type='button' class='rw-ask' data-ask='{escaped(question)}' title='{escaped(question)}'>"
        f"Ask about this<span class='rw-hidden'>: {escaped(question)}</span></button>"
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def nothing(text: str) -> str:
    """What a tab says where it has nothing to show."""
    return f"<p class='rw-nothing'>{escaped(text)}</p>"
