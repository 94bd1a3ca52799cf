"""The corpus's own words, for recognising in a question what it names: roles, items, table values, aspects."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import Literal

from rapidfuzz import fuzz

from rolewise.advisor.correcting import Corrector
from rolewise.advisor.english import AFTER_VERB, BEFORE_NOUN, FUNCTION_STEMS
from rolewise.advisor.spelling import is_common
from rolewise.advisor.table_words import TableWords, standing_for
from rolewise.corpus import Corpus
from rolewise.corpus.words import Token, stem, tokens

Kind = Literal["role", "value", "item", "aspect", "column"]

_MOST_WORDS = 4_000


@dataclass(frozen=True)
class Mention:
    """A phrase of the question that the corpus knows: tokens `first` to `last` (exclusive)."""

    kind: Kind
    value: str
    first: int
    last: int
    table: str = ""
    column: str = ""
    guessed: bool = False
    """Found by words like those of the phrase, by some of them, or by another word for it."""


class Lexicon:
    """Phrases of a corpus by the stems that they begin with."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._phrases: dict[str, list[tuple[tuple[str, ...], Kind, str, str, str]]] = defaultdict(list)
        self._loose: list[tuple[tuple[str, ...], Kind, str, str, str]] = []
        self._weak_aliases: set[str] = set()
        self._called: set[tuple[str, str]] = set()
        titles = [[t.stem for t in tokens(r.title)] for r in corpus.roles]
        self.title_stems = frozenset(t.stem for r in corpus.roles for n in (r.title, *r.aliases) for t in tokens(n))
        self.title_stems |= {t.stem for t in tokens(corpus.vocabulary.about)}
        self.title_heads = frozenset(title[-1] for title in titles if title)
        self._title_pairs = {pair for title in titles for pair in pairwise(title)}
        self._add_roles()
        self._add_families()
        self._add_items()
        self._add_tables()
        self.table_words = TableWords(corpus)
        for aspect in corpus.vocabulary.aspects:
            for word in (aspect.name, *aspect.words):
                self._add(word, "aspect", aspect.id)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda p: -len(p[0]))

    def mentions(self, words: list[Token]) -> list[Mention]:
        """What the words name: longest phrases first, roles and table values before items, items before aspects."""
        taken: set[int] = set()
        found: list[Mention] = []
        for kinds, exclusive in ((("role", "value"), True), (("item",), False), (("aspect", "column"), False)):
            if kinds == ("aspect", "column"):
                taken |= self._parts_of_titles(words)
            at = 0
            while at < len(words):
                options = [
                    p for p in self._phrases.get(words[at].stem, ()) if p[1] in kinds and _stands(p[0], words, at)
                ]
                options = [o for o in options if _free(o, at, taken, found)]
                options = [o for o in options if o[1] != "role" or self._names_role(o[0], words, at)]
                options = [o for o in options if o[1] != "value" or not self._in_wider(o, words, at)]
                if not options:
                    at += 1
                    continue
                longest = len(options[0][0])
                span = range(at, at + longest)
                options = [o for o in options if len(o[0]) == longest]
                said = [w.text for w in words[at : at + longest]]
                exact = {o[2] for o in options if o[1] == "item" and [t.text for t in tokens(o[2])] == said}
                for phrase, kind, value, table, column in options:
                    if not exact or kind != "item" or value in exact:  # "doctorate", and no doctors
                        called = kind == "value" and (phrase[0], value) in self._called and longest == 1
                        found.append(Mention(kind, value, at, at + longest, table, column, guessed=called))
                if exclusive:
                    taken.update(span)
                at += longest
        if not any(m.kind == "role" for m in found):
            found += self._misspelt_roles(words, taken)
        wider = [m for m in found if m.kind == "aspect" and m.last - m.first > 1]
        found = [m for m in found if m.kind != "item" or not any(_within(m, w) for w in wider)]
        taken |= {i for m in wider for i in range(m.first, m.last)}
        found += self._loosely(words, taken, {m.value for m in found if m.kind in ("item", "value")})
        return sorted(found, key=lambda m: (m.first, -m.last))

    def corrected(self, words: list[Token]) -> list[Token]:
        """The words with typos put right: towards the corpus's words first, then towards ordinary English."""
        return [self._corrector.correct(w) for w in words]

    def phrases(self) -> list[str]:
        """Every phrase and word that a question's word may be near to, as written."""
        vocabulary = self._corpus.vocabulary
        found = [w for a in vocabulary.aspects for w in (a.name, *a.words)]
        found += [w for t in self._corpus.tables for c in t.columns for w in c.words]
        found += [w for item, words in vocabulary.synonyms.items() for w in (item, *words)]
        found += [i for r in self._corpus.roles for p in r.passages for i in p.items]
        said = [t.text for d in self._corpus.documents for p in d.passages for t in tokens(p.text)]
        words = [w for w, _ in Counter(w for w in said if len(w) > 3 and w.isalpha()).most_common(_MOST_WORDS)]
        return sorted(dict.fromkeys((*found, *words)))

    def meaning(self, phrase: str) -> list[Mention]:
        """What a phrase of the vocabulary stands for, where it stands for something."""
        return [m for m in self.mentions(tokens(phrase)) if m.kind != "role" and m.first == 0]

    def knows(self, word: Token) -> bool:
        return word.stem in self.vocabulary

    @cached_property
    def _corrector(self) -> Corrector:
        return Corrector(self._corpus, self.knows)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Stems of every word in the corpus and its vocabulary."""
        stems = {t.stem for p in self._corpus.passages for t in tokens(p.search_text)}
        return frozenset(stems | {s for phrases in self._phrases.values() for p in phrases for s in p[0]})

    def _add(self, phrase: str, kind: Kind, value: str, table: str = "", column: str = "") -> None:
        stems = tuple(t.stem for t in tokens(phrase))
        if kind == "aspect" and len(stems) == 1 and stems[0] in FUNCTION_STEMS:
            return  # "IT" would be found in every "it"
        if stems and (stems, kind, value, table, column) not in self._phrases[stems[0]]:
            self._phrases[stems[0]].append((stems, kind, value, table, column))

    def _add_roles(self) -> None:
        for role in self._corpus.roles:
            for name in (role.title, *role.aliases):
                self._add(name, "role", role.id)
                words = tokens(name)
                if len(words) == 1 and is_common(words[0].text):
                    self._weak_aliases.add(words[0].stem)

    def _add_families(self) -> None:
        """What several titles share ("machine learning engineer") names all of these roles."""
        names = {r.id: [[t.stem for t in tokens(n)] for n in (r.title, *r.aliases)] for r in self._corpus.roles}
        own = {tuple(name) for called in names.values() for name in called}
        for called in list(names.values()):
            for name in called:
                for phrase in (tuple(name[i:]) for i in range(1, len(name) - 1)):
                    held = [r for r, others in names.items() if any(_is_within(phrase, other) for other in others)]
                    if len(held) > 1 and phrase not in own:
                        for role in held:
                            entry: tuple[tuple[str, ...], Kind, str, str, str] = (phrase, "role", role, "", "")
                            if entry not in self._phrases[phrase[0]]:
                                self._phrases[phrase[0]].append(entry)

    def _add_items(self) -> None:
        synonyms = self._corpus.vocabulary.synonyms
        items = {item for role in self._corpus.roles for p in role.passages for item in p.items} | set(synonyms)
        for item in sorted(items):
            for phrase in (item, *synonyms.get(item, ())):
                self._add(phrase, "item", item)
                content = tuple(t.stem for t in tokens(phrase) if t.stem not in FUNCTION_STEMS)
                if len(content) > 1:
                    self._loose.append((content, "item", item, "", ""))

    def _add_tables(self) -> None:
        for table in self._corpus.tables:
            for column in table.columns:
                for word in (column.name.replace("_", " "), *column.words):
                    self._add(word, "column", column.name, table.document_id, column.name)
                if column.kind not in ("name", "title", "category"):
                    continue
                if len({str(r.values.get(column.name)) for r in table.rows}) == 1 < len(table.rows):
                    continue  # it tells of the table, and of no row
                held = {str(r.values[column.name]) for r in table.rows if column.name in r.values}
                values = sorted(held | set(column.called))
                for word, value in standing_for(values, column).items():
                    self._add(word, "value", value, table.document_id, column.name)
                for value in values:
                    if column.kind == "title":
                        for pair in combinations(tokens(value), 2):
                            stems = tuple(t.stem for t in pair)
                            if not set(stems) <= self.title_stems and not set(stems) & FUNCTION_STEMS:
                                self._loose.append((stems, "value", value, table.document_id, column.name))
                    self._add(value, "value", value, table.document_id, column.name)
                    for word in column.called.get(value, ()):
                        self._add(word, "value", value, table.document_id, column.name)
                        if len(tokens(word)) == 1 and not word.isupper():  # "beginners" may mean others, "NYC" does not
                            self._called.add((stem(tokens(word)[0].text), value))
                    for part in re.split(r" / |,|\(| - | and ", value):
                        if len(part.strip()) > 3 and (column.kind != "title" or len(tokens(part)) > 1):
                            self._add(part, "value", value, table.document_id, column.name)

    @cached_property
    def _role_names(self) -> list[tuple[tuple[str, ...], str]]:
        """The words of each role's names of two words or more, with its id; the longest first."""
        names = [(tuple(t.text for t in tokens(n)), r.id) for r in self._corpus.roles for n in (r.title, *r.aliases)]
        return sorted((n for n in names if len(n[0]) > 1), key=lambda n: -len(n[0]))

    def _names_role(self, phrase: tuple[str, ...], words: list[Token], at: int) -> bool:
        if len(phrase) > 1 or phrase[0] not in self._weak_aliases:
            return True
        apart = at > 0 and words[at].start - words[at - 1].end > 1  # punctuation stands before it
        before = words[at - 1].text if at and not apart else ""
        after = words[at + 1].text if at + 1 < len(words) else ""
        chosen = after in ("or", "vs", "versus") and before in ("so", "better", "rather", "either", "then")
        return (not before or before in BEFORE_NOUN or chosen) and after not in AFTER_VERB

    def _in_wider(self, option: tuple[tuple[str, ...], Kind, str, str, str], words: list[Token], at: int) -> bool:
        """A value in other forms of its words ("software development") that begins an aspect's longer phrase."""
        said, value = {w.text for w in words[at : at + len(option[0])]}, {t.text for t in tokens(option[2])}
        longer = (p for p in self._phrases.get(words[at].stem, ()) if p[1] == "aspect" and len(p[0]) > len(option[0]))
        return not said <= value and any(_stands(p[0], words, at) for p in longer)

    def _parts_of_titles(self, words: list[Token]) -> set[int]:
        """Two words in a row of a role's title ("machine learning") are part of its name, and ask for nothing."""
        pairs = [i for i in range(len(words) - 1) if (words[i].stem, words[i + 1].stem) in self._title_pairs]
        return {i for pair in pairs for i in (pair, pair + 1)}

    def _misspelt_roles(self, words: list[Token], taken: set[int]) -> list[Mention]:
        """Role names of two words or more with slips in them: "led ml enginere"."""
        found: list[Mention] = []
        for name, role in self._role_names:
            for at in range(len(words) - len(name) + 1):
                span = range(at, at + len(name))
                near = all(fuzz.ratio(words[at + i].text, part) >= 70 for i, part in enumerate(name))
                if (
                    near
                    and not any(i in taken for i in span)
                    and fuzz.ratio(" ".join(words[i].text for i in span), " ".join(name)) >= 84
                ):
                    found.append(Mention("role", role, at, at + len(name)))
                    taken.update(span)
        return found

    def _loosely(self, words: list[Token], taken: set[int], already: set[str]) -> list[Mention]:
        """Items whose phrase stands with up to two other words in between: "manage a big team"."""
        found: list[Mention] = []
        said = {w.stem for w in words}
        for content, kind, item, table, column in self._loose:
            if content[0] not in said or item in already:
                continue
            for at in range(len(words)):
                if at in taken or words[at].stem != content[0]:
                    continue
                cursor = at
                for part in content[1:]:
                    ahead = range(cursor + 1, min(cursor + 4, len(words)))
                    cursor = next((i for i in ahead if words[i].stem == part and i not in taken), -1)
                    if cursor < 0:
                        break
                if cursor > 0:
                    found.append(Mention(kind, item, at, cursor + 1, table, column, guessed=True))
                    already.add(item)
                    break
        return found


def _is_within(phrase: tuple[str, ...], words: list[str]) -> bool:
    """The words of the phrase stand in `words` in this order."""
    rest = iter(words)
    return all(word in rest for word in phrase)


def _within(mention: Mention, wider: Mention) -> bool:
    """Part of a longer phrase: "technology" in "big data technology"."""
    shorter = mention.last - mention.first < wider.last - wider.first
    return shorter and wider.first <= mention.first and mention.last <= wider.last


def _free(option: tuple[tuple[str, ...], Kind, str, str, str], at: int, taken: set[int], found: list[Mention]) -> bool:
    """Words already taken by a role or a row are not free, except for an item that has the very same words."""
    span = (at, at + len(option[0]))
    there = {m.kind for m in found if (m.first, m.last) == span}
    same = option[1] == "item" and "value" in there and "role" not in there
    return same or not any(i in taken for i in range(*span))


def _stands(phrase: tuple[str, ...], words: list[Token], at: int) -> bool:
    return len(words) - at >= len(phrase) and all(words[at + i].stem == s for i, s in enumerate(phrase))
