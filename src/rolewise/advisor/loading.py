"""What the chain works with, made of a corpus: the index brought up to it, and all that understands and ranks by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rolewise.advisor import decline
from rolewise.advisor.check import Checker
from rolewise.advisor.evidence.relevance import Relevance
from rolewise.advisor.interview import Interview
from rolewise.advisor.listening import Listener
from rolewise.advisor.nearness import closeness, near_questions, near_statements
from rolewise.advisor.understand import Understander
from rolewise.advisor.work import Parts, set_aside
from rolewise.corpus import Corpus
from rolewise.errors import ModelError
from rolewise.models import ChatModel, open_model
from rolewise.settings import Settings

if TYPE_CHECKING:
    from rolewise.index import Index, MiniLM


def parts_of(
    corpus: Corpus,
    embedder: MiniLM,
    store: Index,
    opened: tuple[ChatModel | None, str],
    settings: Settings,
    progress: Callable[[int, int], None],
) -> Parts:
    """`opened`: the chat model, if any, and what people should know of it. `progress`: passages embedded, of all.

    Raises IndexFault.
    """
    from rolewise.index import Likeness, Searcher

    folder = settings.index_folder
    report = store.sync(corpus, progress)
    understander = Understander(corpus, lambda name, phrases: Likeness(phrases, embedder, folder, name))
    near = near_statements(corpus, embedder, folder)
    asked, out_of_scope = near_questions(corpus, embedder, folder)
    relevance = Relevance(corpus, asked, closeness(corpus, embedder, folder))
    listener = Listener(corpus, understander.lexicon, understander.nearest, near, understander.said)
    model, notice = opened
    return Parts(
        corpus, embedder, store, Searcher(corpus, store, embedder, folder), understander,
        Interview(corpus, understander, listener), report, near, relevance, out_of_scope, model, settings.model_timeout_s,
        Checker(corpus.vocabulary.synonyms), notice, decline.examples(corpus), set_aside(corpus),
    )  # fmt: skip


def model_or_none(settings: Settings) -> tuple[ChatModel | None, str]:
    """The chat model, if one is set, and where it cannot be had what people should know of that."""
    try:
        return open_model(settings), ""
    except ModelError as error:
        return None, f"{error} Until then the answers are in the sources' own words."
