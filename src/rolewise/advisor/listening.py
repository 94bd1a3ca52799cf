"""What a person says of themselves in free words, as a profile in items of the corpus."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from rolewise.advisor.asks import NearestAsk
from rolewise.advisor.english import FILLER_STEMS, FUNCTION_STEMS
from rolewise.advisor.evidence import Library
from rolewise.advisor.evidence.points import personal_points, speaks_of_newcomer
from rolewise.advisor.experience import years_in
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.polarity import DISLIKES, LACKS, without_double_negation
from rolewise.advisor.profile import Choices, Profile, choices
from rolewise.advisor.sayings import Said
from rolewise.advisor.spelling import is_english
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain, tokens

Topic = Literal["", "skills", "likes", "dislikes", "education", "years"]
Mood = Literal["has", "for", "against", "lacks"]

MOST_CHARACTERS = 2_000
MOST_OF_A_NAME = 40

# A clause of at least these cosines to a question about an item, or to a task, speaks of it. Tried on forty short answers.
_ALIKE, _ALIKE_TASK = 0.42, 0.4
_MOST_BARE = 2  # words that only name a thing, and don't say how somebody stands to it

_MOOD_OF: dict[str, Mood] = {
    "": "has",
    "skills": "has",
    "education": "has",
    "years": "has",
    "likes": "for",
    "dislikes": "against",
}
_PHRASE = re.compile(
    r"(?i)[:;!?\n]+|\.(?!\w)|\b(?:but|though|although|however|whereas|while(?! \w+ing\b)|yet|except)\b"
)
_CLAUSE = re.compile(r"(?i)[,&/()]|\band\b|\bor\b|\bnor\b|(?<!\+)\+ ")
_MARKUP = re.compile(r"[<>{}\[\]|`\\]")
_NEUTRAL = re.compile(r"\b(?:mind|fine|ok|okay|all right|alright|whatever|indifferent)\b")
_FOR = re.compile(
    r"\b(?:lov(?:e|es|ed|ing)|like|likes|enjoy\w*|prefer\w*|fun|passion\w*|keen|fond|happy|interested in|dream\w*|want\w*|fascinat\w*)\b"
)
_HAS = re.compile(r"\b(?:know|can|have|i've|good at|worked|used?|using|studied|learned|learnt|did|fluent|master)\b")

_STATES = re.compile(r"\bi(?:'ve| have(?! to\b)| hold)\b")  # said of oneself, whatever was asked


@dataclass
class _Heard:
    skills: list[str] = field(default_factory=list)
    education: list[str] = field(default_factory=list)
    likes: list[str] = field(default_factory=list)
    dislikes: list[str] = field(default_factory=list)


class Listener:
    """Reads free words by the corpus's names for things, typos and synonyms included, and short ones by their meaning."""

    def __init__(
        self,
        corpus: Corpus,
        lexicon: Lexicon,
        nearest: Callable[[str], NearestAsk | None],
        likeness: Callable[[str], dict[str, float]],
        said: Callable[[str], Said | None],
    ) -> None:
        self._corpus = corpus
        self._lexicon = lexicon
        self._nearest = nearest
        self._likeness = likeness
        self._said = said
        self.choices: Choices = choices(corpus)
        self._named_by_roles = {i for r in corpus.roles for p in r.passages for i in p.items}

    def hear(self, text: str, topic: Topic = "", guess: bool = True) -> Profile:
        """The profile that `text` tells. `topic` is what was asked: an answer to "what do you avoid?" lists dislikes.

        `guess` also takes what is put in other words by its meaning.
        """
        low = without_double_negation(plain(text[:MOST_CHARACTERS]))
        years = years_in(text[:MOST_CHARACTERS], date.today(), asked=topic == "years")
        heard = _Heard()
        for phrase in _PHRASE.split(low):
            for mood, clause in _clauses(phrase, topic):
                items, reversed_ = self._items(clause, mood, topic, guess)
                self._add(heard, _opposite(mood) if reversed_ else mood, items, topic)
        liked = [i for i in dict.fromkeys(heard.likes) if i not in heard.dislikes]
        return Profile(
            tuple(dict.fromkeys(heard.skills)), tuple(dict.fromkeys(heard.education)), years and years.years,
            tuple(liked), tuple(dict.fromkeys(heard.dislikes)),
        )  # fmt: skip

    def unnamed(self, text: str, topic: Topic) -> tuple[str, ...]:
        """What an answer lists that no role names, as it is written there; what is plain talk is passed over."""
        found = []
        for phrase in () if _MARKUP.search(text) else _PHRASE.split(text[:MOST_CHARACTERS]):
            for mood, clause in _clauses(phrase, topic):
                if mood != "lacks":
                    found += self._unnamed_in(
                        clause, named=bool(self._items(plain(clause), mood, topic, guess=True)[0])
                    )
        return tuple(dict.fromkeys(found))

    def _unnamed_in(self, clause: str, named: bool) -> list[str]:
        """Names in a clause: the one or two words that are all it says; else what is written as a name, or is no English word."""
        written = clause if len(plain(clause)) == len(clause) else plain(clause)
        words = tokens(clause)
        mentions = self._lexicon.mentions(self._lexicon.corrected(words))
        known = {n for m in mentions for n in range(m.first, m.last)}
        left = [n for n, w in enumerate(words) if w.stem not in FILLER_STEMS and n not in known and w.text[0].isalpha()]
        alone = len(left) in (1, 2) and left[-1] - left[0] < len(left)
        if alone and not named and not any(m.kind == "role" for m in mentions):
            spans = [(words[left[0]].start, words[left[-1]].end)]
        else:
            spans = [(w.start, w.end) for n in left if not self._lexicon.knows(w := words[n])
                     and (not is_english(w.text) or (n and written[w.start].isupper()))]  # fmt: skip
        return [written[start:end] for start, end in spans if end - start <= MOST_OF_A_NAME]

    def tells(self, text: str) -> bool:
        """Whether the text says anything that an answer of fit could weigh."""
        library = Library(self._corpus, likeness=self._likeness, nearest=self._nearest, said=self._said)
        return (
            speaks_of_newcomer(text) or bool(personal_points(text, self._lexicon, library)) or not self.hear(text).empty
        )

    def _items(self, clause: str, mood: Mood, topic: Topic, guess: bool) -> tuple[tuple[str, ...], bool]:
        """What a clause speaks of, and whether it says the opposite of its words ("I work best alone")."""
        words = self._lexicon.corrected(tokens(clause))
        found = (m.value for m in self._lexicon.mentions(words) if m.kind == "item")
        named = tuple(dict.fromkeys(i for i in found if i in self._named_by_roles))
        silent = topic in ("education", "years") or (not topic and mood in ("has", "lacks"))
        if named or silent or not words or not guess:
            return named, False
        fewer = ([w for w in words if w.stem not in empty] for empty in (FUNCTION_STEMS, FILLER_STEMS))
        texts = [" ".join(w.text for w in some) for some in (words, *fewer) if some]
        said = self._said(clause)
        if said and not said.item:
            return (), False
        turned = bool(said and said.reversed and len(words) > _MOST_BARE)
        if meant := next(filter(None, map(self._meant, dict.fromkeys(texts))), ()):
            return meant, turned and said is not None and said.item in meant
        return ((said.item,), turned) if said else ((), False)

    def _meant(self, text: str) -> tuple[str, ...]:
        """The item that a short text speaks of without naming it: by a question about the item, else by a task."""
        nearest = self._nearest(text)
        if nearest and nearest.item and nearest.cosine >= _ALIKE and nearest.cosine > nearest.elsewhere:
            return (nearest.item,)
        near = self._likeness(text)
        tasks = [
            p for r in self._corpus.roles for p in r.passages if p.items and set(p.items) & set(self.choices.tasks)
        ]
        best = max(tasks, key=lambda p: near.get(p.id, 0.0), default=None)
        return best.items[:1] if best and near.get(best.id, 0.0) >= _ALIKE_TASK else ()

    def _add(self, heard: _Heard, mood: Mood, items: tuple[str, ...], topic: Topic) -> None:
        if mood == "against":
            heard.dislikes += items
        elif mood in ("for", "has"):  # what somebody wants or has counts as had where it is a skill or education
            done = mood == "has" and topic == "skills"
            tasks = () if done else self.choices.tasks
            skills = [i for i in items if i in self.choices.skills and i not in tasks]
            education = [i for i in items if i in self.choices.education]
            rest = [i for i in items if i not in (*skills, *education)]
            heard.skills += [*skills, *rest] if done else skills  # work done is an answer, too
            heard.education += education
            heard.likes += rest if topic not in ("education", "years") else []


def merged(old: Profile, new: Profile) -> Profile:
    """Both together; what is said later replaces years, and takes sides anew on what was liked or not."""

    def both(first: tuple[str, ...], second: tuple[str, ...], without: tuple[str, ...] = ()) -> tuple[str, ...]:
        return tuple(dict.fromkeys(i for i in (*first, *second) if i not in without))

    return replace(
        old,
        skills=both(old.skills, new.skills),
        education=both(old.education, new.education),
        years=old.years if new.years is None else new.years,
        likes=both(old.likes, new.likes, new.dislikes),
        dislikes=both(old.dislikes, new.dislikes, new.likes),
    )


def _clauses(phrase: str, topic: Topic) -> list[tuple[Mood, str]]:
    """The clauses of a phrase with how the person stands to each. Like and dislike carry on to the next; a lack only over "or"."""
    found: list[tuple[Mood, str]] = []
    usual = _MOOD_OF[topic]
    mood = usual
    lists_lacks = bool(re.search(r"\b(?:or|nor)\b", phrase))
    for clause in _CLAUSE.split(phrase):
        if not clause.strip():
            continue
        if _NEUTRAL.search(clause):
            continue
        cue = _mood(clause, topic)
        if cue is None and mood == "lacks" and not lists_lacks:
            mood = usual
        mood = cue or mood
        found.append((mood, clause))
    return found


def _opposite(mood: Mood) -> Mood:
    return "for" if mood in ("against", "lacks") else "against"


def _mood(clause: str, topic: Topic) -> Mood | None:
    if DISLIKES.search(clause):
        return "against"
    if _FOR.search(clause):
        return "for"
    if LACKS.search(clause):
        return "against" if topic in ("likes", "dislikes") else "lacks"
    if topic in ("likes", "dislikes"):
        return "has" if _STATES.search(clause) else None
    return "has" if _HAS.search(clause) else None
