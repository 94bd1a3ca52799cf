"""What is said when the sources don't: plainly, with what they do cover nearby. And small talk."""

from __future__ import annotations

from rolewise.advisor.evidence.base import joined
from rolewise.advisor.question import Question
from rolewise.corpus import Corpus, Role


def declined(question: Question, missing: tuple[str, ...], corpus: Corpus) -> str:
    """The finding that the sources do not say it, and what they say about the same roles."""
    roles = tuple(corpus.role[r] for r in question.roles)
    what = joined([f"“{word}”" for word in dict.fromkeys(missing)][:3], "or")
    first = f"The sources don't say anything about {what} here." if what else "The sources don't say."
    covered = joined(_covered(roles or corpus.roles, corpus)[:6])
    of = f"For the {joined([r.title for r in roles])}, they" if roles else "They"
    return f"{first} {of} do cover {covered}." if covered else first


def partly_declined(question: Question, missing: tuple[str, ...]) -> str:
    what = joined([f"“{word}”" for word in dict.fromkeys(missing)][:3], "or")
    asked = question.text.strip().rstrip("?.! ")
    return f"On “{asked}”: the sources don't say{' anything about ' + what if what else ''}."


def small_talk(kind: str, corpus: Corpus, examples: tuple[str, ...]) -> str:
    ask = f"You could ask: “{examples[0]}” or “{examples[1]}”" if len(examples) > 1 else ""
    can = f"I answer questions about {corpus.vocabulary.about}, from the sources loaded here, and show the sentence behind each answer."
    match kind:
        case "thanks":
            return "You're welcome. Ask on whenever you like."
        case "remark":
            return "All right. Ask on whenever you like."
        case "abilities":
            return f"{can} What the sources don't say, I don't say either. {ask}"
        case _:
            return f"Hello! {can} {ask}"


FOREIGN = (
    "I can search the sources in English only, and I could not find this question in them. "
    "Please ask it in English; everything stays on this machine."
)


def suggestions(question: Question | None, corpus: Corpus) -> list[str]:
    """Questions near `question` that role data or tables can answer, most related first."""
    names = {a.id: a.name for a in corpus.vocabulary.aspects}
    roles = [corpus.role[r] for r in question.roles] if question and question.roles else list(corpus.roles)
    asked = set(question.aspects) if question else set()
    found = []
    for role in roles[:2]:
        for aspect in _aspects(role):
            if aspect not in asked and aspect in names and aspect != "summary":
                found.append((aspect, f"What do the sources say about {names[aspect]} for a {role.title}?"))
    shared = [a for a in dict.fromkeys(a for a, _ in found) if a not in asked]
    mixed = [text for a in shared for b, text in found if a == b][::2]
    pair = [f"Compare the {names[a]} of the two roles" for a in shared[:2]] if len(corpus.roles) == 2 else []
    both = (*pair[:1], *mixed) if not question or len(question.roles) != 1 else (*mixed[:2], *pair[:1], *mixed[2:])
    return list(dict.fromkeys(both))


def examples(corpus: Corpus) -> tuple[str, ...]:
    """Questions for a newcomer, one of each kind that the corpus can answer."""
    found = []
    names = {a.id: a.name for a in corpus.vocabulary.aspects}
    if len(corpus.roles) > 1:
        first, second = corpus.roles[:2]
        found.append(f"What is the difference between a {first.title} and a {second.title}?")
        own = [i for i in _items(first) if i not in _items(second)]
        if own:
            found.append(f"Which role needs {own[len(own) // 2]}?")
        if "skills" in names:
            found.append(f"Compare the {names['skills']} of the two roles")
    preferred = [(r, p) for r in corpus.roles for p in r.passages if p.need == "preferred" and p.items]
    if preferred:
        role, passage = preferred[0]
        found.append(f"Do I need a {passage.items[0]} to become a {role.title}?")
    for table in corpus.tables:
        if any(c.kind == "money" for c in table.columns):
            found.append(f"Which {table.row_name} pays the most?")
    if any("getting-started" in p.aspects for p in corpus.passages):
        found.append("How do I get started?")
    return tuple(found)


def _aspects(role: Role) -> list[str]:
    return list(dict.fromkeys(p.aspects[0] for p in role.passages if p.aspects))


def _covered(roles: tuple[Role, ...], corpus: Corpus) -> list[str]:
    names = {a.id: a.name for a in corpus.vocabulary.aspects}
    return [names[a] for a in dict.fromkeys(a for r in roles for a in _aspects(r)) if a in names and a != "summary"]


def _items(role: Role) -> list[str]:
    return list(dict.fromkeys(i for p in role.passages if p.need for i in p.items))
