""" "Which role fits me?" as a short conversation, and what a person has said of themselves anywhere in the chat.

The server keeps nothing: where the conversation stands follows from the person's messages alone, replayed in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from rolewise.advisor import english
from rolewise.advisor import interview_words as words
from rolewise.advisor.cues import CUES
from rolewise.advisor.listening import Listener, Topic, merged
from rolewise.advisor.pieces import of_oneself
from rolewise.advisor.profile import Profile
from rolewise.advisor.small_talk import GREETING, THANKS
from rolewise.advisor.understand import Understander
from rolewise.advisor.weighing import years_asked
from rolewise.corpus import Corpus
from rolewise.corpus.words import plain

Move = Literal["", "begins", "asks", "weighs", "says"]
"""What a message is to the interview: "" nothing; it begins it, is answered with a question, ends it, or gets a word."""


@dataclass(frozen=True)
class Standing:
    """Where the conversation stands once `message` has come."""

    message: str
    move: Move = ""
    said: tuple[str, ...] = ()
    """What is to be said, for "begins", "asks" and "says"."""
    profile: Profile = field(default_factory=Profile)
    topic: Topic = ""
    """What the open question asks about; empty where none is open."""
    asked: tuple[Topic, ...] = ()
    answered: frozenset[Topic] = frozenset()
    held: bool = False
    """An interview came to its end: questions of fit are weighed with the profile."""
    waits: bool = False
    """The message was answered with the open question: the next message is taken for its answer."""
    notice: str = ""
    """The open question, after a change of subject; or what of the last answer isn't weighed."""
    earlier: tuple[tuple[str, bool], ...] = ()
    """Messages before that were not the interview's, and whether they tell something of the person."""

    @property
    def history(self) -> tuple[str, ...]:
        return tuple(message for message, _ in self.earlier)

    @property
    def suggestions(self) -> tuple[str, ...]:
        """What the person can reply to a question, or ask on once it is weighed."""
        if self.move == "weighs":
            return (words.LEARN, words.GET_IN, words.FORGET)
        return (words.SKIP_IT, words.ENOUGH) if self.waits else ()


class Interview:
    """Replays a conversation. It asks at most five questions, none on what was told already."""

    def __init__(self, corpus: Corpus, understander: Understander, listener: Listener) -> None:
        self._corpus = corpus
        self._understander = understander
        self._listener = listener
        known = listener.choices
        has = {"skills": known.skills, "education": known.education, "likes": known.tasks, "dislikes": known.tasks}
        has["years"] = tuple(r.id for r in corpus.roles if "senior" in r.level or any(map(years_asked, r.passages)))
        self._topics = tuple(t for t in words.TOPICS if has.get(t))

    def standing(self, message: str, history: tuple[str, ...]) -> Standing:
        """Where the conversation stands with `message`; the same messages always come to the same."""
        now = Standing("")
        for each in (*history, message):
            now = self._next(now, each)
        return now

    def _next(self, before: Standing, message: str) -> Standing:
        now = replace(
            before,
            message=message,
            move="",
            said=(),
            waits=False,
            notice="",
            earlier=_with(before),
        )
        low = plain(message[:2_000]).strip()
        if words.CLEARS.search(low):
            return self._cleared(now, message)
        if words.SHOWS.search(low):
            known = words.told(now.profile)
            said = (
                f"From what you said, this is noted: {known}. Say “{words.FORGET.lower()}” to leave it out."
                if known
                else "Nothing that the sources' roles name is noted of you."
            )
            return replace(now, move="says", said=(said,), waits=before.waits)
        if now.topic:
            return self._in_interview(now, before, low)
        if self._begins(message, low, now):
            return self._ask(now, "begins", "")
        if now.held and not _asks(low):
            heard = self._listener.hear(message)
            adds = words.ADDS.match(low) if before.move == "weighs" else words.OF_ONESELF.search(low)
            unnamed = words.not_named(self._listener.unnamed(message, "skills")) if adds else ""
            if heard.empty and unnamed:
                return replace(now, move="says", said=(unnamed,))
            if not heard.empty and (adds or heard.years is not None):
                return replace(now, move="weighs", profile=merged(now.profile, heard), notice=unnamed)
        return self._told(now)

    def _in_interview(self, now: Standing, before: Standing, low: str) -> Standing:
        """A message while a question is open: its answer, a word on it, or another subject."""
        topic = now.topic
        if words.STOPS.match(low):
            return self._end(now)
        if words.SKIPS.match(low):
            return self._ask(replace(now, answered=now.answered | {topic}), "asks", "Skipped.")
        if words.EXPLAINS.match(low) and before.waits:
            return self._again(now, words.WHY, True)
        if words.GOES_ON.match(low) or self._begins(now.message, low, replace(now, profile=Profile())):
            return self._again(now, "")
        talk = words.SHORT_TALK.match(low) or GREETING.match(low) or THANKS.match(low)
        if talk and before.waits and self._listener.hear(now.message, topic, guess=False).empty:
            return self._again(now, "")
        if _asks(low) and not self._answers_in_doubt(now, low):
            return self._aside(now, before.waits)
        heard = self._listener.hear(now.message, topic)
        if not before.waits and (heard.empty or _continues(low)):
            return self._told(now)
        return self._heard(now, heard, low)

    def _heard(self, now: Standing, heard: Profile, low: str) -> Standing:
        new = words.told(heard)
        unnamed = "" if words.NOTHING.match(low) else words.not_named(self._listener.unnamed(now.message, now.topic))
        nothing = "" if words.NOTHING.match(low) else unnamed or words.NOTHING_NAMED
        answered = now.answered | {now.topic} | _topics_of(heard)
        noted = f"Noted from you: {new}. {unnamed}".strip() if new else nothing or "Nothing to note of you there, then."
        return self._ask(
            replace(now, profile=merged(now.profile, heard), answered=answered, notice=unnamed), "asks", noted
        )

    def _ask(self, now: Standing, move: Move, lead: str) -> Standing:
        """The next open question, or the end."""
        left = [t for t in self._topics if t not in now.answered]
        if not left:
            return self._end(now)
        topic, number = left[0], len(now.asked) + 1
        last = len(left) == 1 and number > 1
        question = words.question_on(topic, len(words.TOPICS) if last else number, self._corpus, self._listener.choices)
        return replace(
            now,
            move=move,
            said=(lead, question) if lead else (question,),
            topic=topic,
            asked=(*now.asked, topic),
            waits=True,
            notice="",
        )

    def _again(self, now: Standing, lead: str, more: bool = False) -> Standing:
        question = words.question_on(now.topic, len(now.asked), self._corpus, self._listener.choices, more)
        return replace(now, move="asks", said=(lead, question) if lead else (question,), waits=True)

    def _aside(self, now: Standing, remind: bool) -> Standing:
        """Another subject while a question is open: it stays open, unless the message answers it on the way."""
        told = ". ".join(p for p in _parts(now.message) if not _asks(plain(p)))
        heard = self._listener.hear(told, now.topic) if told else Profile()
        answered = now.answered | _topics_of(heard)
        left = [t for t in self._topics if t not in answered]
        topic = now.topic if now.topic in left else left[0] if left else ""
        return replace(
            now, profile=merged(now.profile, heard), answered=answered, topic=topic, held=not topic,
            asked=now.asked if topic in ("", now.topic) else (*now.asked, topic),
            notice=f"Still open, whenever you like: {words.ASKED[topic]}" if remind and topic else "",
        )  # fmt: skip

    def _end(self, now: Standing) -> Standing:
        """Weigh what was told; where nothing was, say so and leave the door open."""
        over = replace(now, topic="", asked=(), answered=_topics_of(now.profile), held=not now.profile.empty)
        if not now.profile.empty:
            return replace(over, move="weighs")
        return replace(over, move="says", said=(words.NOTHING_TO_WEIGH,))

    def _cleared(self, now: Standing, message: str) -> Standing:
        """Nothing that was told counts any more; a question in the same message is answered without it."""
        kept = tuple((m, told) for m, told in now.earlier if not told)
        rest = " ".join(p for p in _parts(message) if not words.CLEARS.search(plain(p)))
        fresh = Standing(message, earlier=kept)
        if rest and _asks(plain(rest)):
            return self._next(replace(fresh, message=""), rest)
        return replace(fresh, move="says", said=(words.FORGOTTEN,))

    def _told(self, now: Standing) -> Standing:
        """A message outside the interview: what it tells of the person is kept in mind."""
        heard = self._told_in(now.message)
        return replace(now, profile=merged(now.profile, heard), answered=now.answered | _topics_of(heard))

    def _told_in(self, message: str) -> Profile:
        parts = _parts(message)
        weighs = CUES["fit"].search(plain(message))
        told = [p for p in parts if not _asks(plain(p)) and (weighs or words.OF_ONESELF.search(plain(p)))]
        heard = self._listener.hear(". ".join(told)) if told else Profile()
        if weighs:
            heard = merged(heard, self._listener.hear(message, guess=False))
        return heard

    def _begins(self, message: str, low: str, now: Standing) -> bool:
        """The bare question of fit, of somebody who has told nothing yet; or the wish to be asked."""
        if words.ASKS_TO_BE_ASKED.search(low):
            return bool(self._topics)
        if not now.profile.empty or not self._topics or len(self._corpus.roles) < 2:
            return False
        starts, fit = words.STARTS.search(low), CUES["fit"].search(low)
        if not (starts or fit) or not self._listener.hear(message, guess=False).empty:
            return False
        asked = [q for q in self._understander.understand(message) if q.form != "small_talk"]
        if len(asked) != 1:
            return bool(starts and not asked)
        question = asked[0]
        if question.items or question.terms or question.values or len(question.roles) == 1:
            return False
        told = ". ".join((*(s for earlier in now.history for s in of_oneself(earlier)), *question.statements))
        return (question.form == "fit" or bool(starts)) and not (told and self._listener.tells(told))

    def _answers_in_doubt(self, now: Standing, low: str) -> bool:
        """ "Java, I guess?": an answer with a question mark."""
        if any(words.ASKS.match(p) for p in _parts(low)) or not words.HEDGES.search(low):
            return False
        return not self._listener.hear(now.message, now.topic).empty


def _asks(low: str) -> bool:
    return any("?" in p or words.ASKS.match(p) for p in _parts(low))


def _continues(low: str) -> bool:
    """A fragment that follows up on the answer before: "and for the other one"."""
    return bool(english.CONTINUES.search(low))


def _parts(message: str) -> list[str]:
    return [p.strip() for p in english.SEPARATE.split(message) if p and re.search(r"\w", p)]


def _topics_of(profile: Profile) -> frozenset[Topic]:
    told: Iterable[tuple[Topic, bool]] = (
        ("skills", bool(profile.skills)),
        ("education", bool(profile.education)),
        ("years", profile.years is not None),
        ("likes", bool(set(profile.likes) - set(profile.skills))),
        ("dislikes", bool(profile.dislikes)),
    )
    return frozenset(topic for topic, known in told if known)


def _with(before: Standing) -> tuple[tuple[str, bool], ...]:
    """The messages up to now that were not the interview's own; the result of one stands as the question that it answers."""
    if before.move == "weighs":
        return (*before.earlier, (words.FIT, False))
    if before.move or not before.message:
        return before.earlier
    tells = any(words.OF_ONESELF.search(plain(p)) and not _asks(plain(p)) for p in _parts(before.message))
    return (*before.earlier, (before.message, tells))
