"""What a person says of themselves in free words, as a profile in items of the corpus."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from rolewise.advisor.asks import NearestAsk
from rolewise.advisor.english import FILLER_STEMS, FUNCTION_STEMS, NUMBER_WORDS
from rolewise.advisor.evidence import Library
from rolewise.advisor.evidence.fit import personal_points, speaks_of_newcomer
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.profile import Choices, Profile, choices
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain, tokens

Topic = Literal["", "skills", "likes", "dislikes", "education", "years"]
Mood = Literal["has", "for", "against", "lacks"]

MOST_CHARACTERS = 2_000
MOST_YEARS = 60

# A clause of at least these cosines to a question about an item, or to a task, speaks of it. Tried on forty short answers.
_ALIKE, _ALIKE_TASK = 0.42, 0.4

_MOOD_OF: dict[str, Mood] = {
    "": "has",
    "skills": "has",
    "education": "has",
    "years": "has",
    "likes": "for",
    "dislikes": "against",
}
_PHRASE = re.compile(r"[.:;!?\n]+|\b(?:but|though|although|however|whereas|while(?! \w+ing\b)|yet|except)\b")
_CLAUSE = re.compile(r"[,&/]|\band\b|\bor\b|\bnor\b|\+ ")
_NEUTRAL = re.compile(r"\b(?:mind|fine|ok|okay|all right|alright|whatever|indifferent)\b")
_DENIED = r"(?:not|n't|dont|never|no longer|hardly)\b(?: \w+){0,2}? "
_AGAINST = re.compile(
    r"\b(?:hat(?:e|es|ed|ing)|dislik\w+|avoid\w*|loath\w*|can't stand|cannot stand|tired of|bor(?:ed|ing)|dull|unhappy|rather not|no interest|"
    r"afraid|scared|stress\w*|not (?:interested|into|keen|fond|a fan|my thing|for me)|annoy\w*|drain\w*|sick of)\b"
    rf"|{_DENIED}(?:like|love|enjoy|want|wish|prefer|care)\b"
)
_FOR = re.compile(
    r"\b(?:lov(?:e|es|ed|ing)|like|likes|enjoy\w*|prefer\w*|fun|passion\w*|keen|fond|happy|interested in|dream\w*|want\w*|fascinat\w*)\b"
)
_LACKS = re.compile(r"\b(?:no|not|never|without|neither|nor|zero|cannot|hardly|lack\w*|\w+n't|dont|cant)\b")
_HAS = re.compile(r"\b(?:know|can|have|i've|good at|worked|used?|using|studied|learned|learnt|did|fluent|master)\b")

_NUMBER = rf"(\d{{1,2}}(?:\.\d+)?|{'|'.join(NUMBER_WORDS)}|an?|half an?)"
_YEARS = re.compile(rf"\b{_NUMBER}(?:\s*(?:-|to|–)\s*\d{{1,2}})?\s*\+?\s*(?:years?|yrs?|y)\b")
_AGE = re.compile(r"\b\d+[ -]years?[ -]old\b")
_MONTHS = re.compile(rf"\b{_NUMBER}\s*months?\b")
_BARE = re.compile(rf"\b{_NUMBER}\b")
_UNDER_ONE = re.compile(r"\b(?:less than|under|not even|almost|nearly|below) (?:a|an|one|1|half a) ?(?:year|yr)?\b")
_NEW = re.compile(
    r"\b(?:no (?:work )?experience|fresh graduate|just (?:finished|starting|graduated)|first job|entry[ -]level|career changer)\b"
)
_NONE = re.compile(r"^\W*(?:none|no|nope|nothing|zero|not any|nil|never|new|student|beginner)\b")


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
    ) -> None:
        self._corpus = corpus
        self._lexicon = lexicon
        self._nearest = nearest
        self._likeness = likeness
        self.choices: Choices = choices(corpus)
        self._named_by_roles = {i for r in corpus.roles for p in r.passages for i in p.items}

    def hear(self, text: str, topic: Topic = "", guess: bool = True) -> Profile:
        """The profile that `text` tells. `topic` is what was asked: an answer to "what do you avoid?" lists dislikes.

        `guess` also takes what is put in other words by its meaning.
        """
        low = plain(text[:MOST_CHARACTERS])
        heard = _Heard()
        for phrase in _PHRASE.split(low):
            for mood, clause in _clauses(phrase, topic):
                self._add(heard, mood, self._items(clause, mood, topic, guess), topic)
        liked = [i for i in dict.fromkeys(heard.likes) if i not in heard.dislikes]
        return Profile(
            tuple(dict.fromkeys(heard.skills)), tuple(dict.fromkeys(heard.education)), years_in(low, topic),
            tuple(liked), tuple(dict.fromkeys(heard.dislikes)),
        )  # fmt: skip

    def tells(self, text: str) -> bool:
        """Whether the text says anything that an answer of fit could weigh."""
        library = Library(self._corpus, likeness=self._likeness)
        return (
            speaks_of_newcomer(text) or bool(personal_points(text, self._lexicon, library)) or not self.hear(text).empty
        )

    def _items(self, clause: str, mood: Mood, topic: Topic, guess: bool) -> tuple[str, ...]:
        words = self._lexicon.corrected(tokens(clause))
        found = (m.value for m in self._lexicon.mentions(words) if m.kind == "item")
        named = tuple(dict.fromkeys(i for i in found if i in self._named_by_roles))
        silent = topic in ("education", "years") or (not topic and mood in ("has", "lacks"))
        if named or silent or not words or not guess:
            return named
        fewer = ([w for w in words if w.stem not in empty] for empty in (FUNCTION_STEMS, FILLER_STEMS))
        texts = [" ".join(w.text for w in some) for some in (words, *fewer) if some]
        return next(filter(None, map(self._meant, dict.fromkeys(texts))), ())

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


def years_in(low: str, topic: Topic) -> float | None:
    """Years of experience told in plain text; a bare number counts where they were asked for."""
    low = _AGE.sub(" ", low)
    if _UNDER_ONE.search(low):
        return 0.5
    if found := [_number(m[1]) for m in _YEARS.finditer(low)]:
        return max(found)
    if "decade" in low:
        return 10.0
    if months := _MONTHS.search(low):
        return round(_number(months[1]) / 12, 1)
    if _NEW.search(low):
        return 0.0
    if topic == "years":
        bare = [n for m in _BARE.finditer(low) if m[1] not in ("a", "an") and (n := _number(m[1])) <= MOST_YEARS]
        return bare[0] if bare else 0.0 if _NONE.match(low) else None
    return None


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text)
    return 0.5 if text.startswith("half") else float(NUMBER_WORDS.get(text, 1))


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


def _mood(clause: str, topic: Topic) -> Mood | None:
    if _AGAINST.search(clause):
        return "against"
    if _FOR.search(clause):
        return "for"
    if _LACKS.search(clause):
        return "against" if topic in ("likes", "dislikes") else "lacks"
    return "has" if _HAS.search(clause) and topic not in ("likes", "dislikes") else None
