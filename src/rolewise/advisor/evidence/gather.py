"""Which rules answer which form, in order; the first that finds evidence covering the question wins."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rolewise.advisor.english import BESIDES
from rolewise.advisor.evidence.again import told_again
from rolewise.advisor.evidence.asked_kind import kind_untold
from rolewise.advisor.evidence.base import (
    NOT_IN_SOURCES,
    Evidence,
    Library,
    Point,
    covers,
    inline,
    joined,
    names,
    stems_of,
)
from rolewise.advisor.evidence.choice import as_meant, chosen
from rolewise.advisor.evidence.comparison import comparison
from rolewise.advisor.evidence.differences import with_difference
from rolewise.advisor.evidence.figures import figures, untold
from rolewise.advisor.evidence.fit import fit
from rolewise.advisor.evidence.gate import date_untold, open_words, unheld
from rolewise.advisor.evidence.held import held
from rolewise.advisor.evidence.how_to import how_to
from rolewise.advisor.evidence.listing import definition, described, listing
from rolewise.advisor.evidence.matters import matter_untold
from rolewise.advisor.evidence.nearby import nearby
from rolewise.advisor.evidence.prose import by_number, literal, prose, section, with_caveats
from rolewise.advisor.evidence.ranks import ranks
from rolewise.advisor.evidence.rows import is_name_in, is_put_to, rows, table_of
from rolewise.advisor.evidence.sides import both_told, leaves_out, sides
from rolewise.advisor.evidence.unsaid import or_declined
from rolewise.advisor.evidence.which_role import which_role
from rolewise.advisor.evidence.yes_no import does_without, yes_no
from rolewise.advisor.lexicon import Lexicon
from rolewise.advisor.question import Question
from rolewise.corpus import Table
from rolewise.corpus.words import plain

_MOST_SAID = 2
_NOT_OF_ROLES = "The sources don't name it for the roles. Elsewhere, they say of it:"
_SUBJECT = 3  # words before "mentioned" or "among them" in which stands what is asked about
_AMONG = re.compile(
    r"\b(?:mentioned|named|listed|among (?:them|those|these|the|its|their)|one of (?:them|those|these|(?:the|their|its) (?:\w+ )?(?:subjects|degrees|fields|skills|tools|languages|frameworks|industries|requirements))|on the list|included?|counted)\b"
)


def gather(question: Question, library: Library, lexicon: Lexicon) -> Evidence:
    """The evidence for one question. What is asked for must be covered, not only the topic."""
    question = _of_a_need(question, library)
    evidence = _gathered(question, library, lexicon)
    compared = sides(question, lexicon, library) if library.ask and not evidence.exact else ()
    if library.ask and compared and leaves_out(evidence, compared, library.corpus):
        alone = [_gathered(*library.ask(side.alone), lexicon) for side in compared]
        both = both_told(evidence, compared, alone, library.corpus)
        whole = both.status == "answered"  # else it says of which side nothing is told
        evidence = or_declined(question, both, library, lexicon.table_words) if whole else both
    return with_difference(question, evidence, library.corpus)


def _of_a_need(question: Question, library: Library) -> Question:
    """ "Can I become one without experience?" asks for what is needed, and for nothing else that its words name."""
    if question.form != "yes_no" or not does_without(question):
        return question
    needed = {a for r in library.corpus.roles for p in r.passages if p.need for a in p.aspects}
    asked = tuple(a for a in question.aspects if a in needed)
    return replace(question, aspects=asked) if asked else question


def _gathered(question: Question, library: Library, lexicon: Lexicon) -> Evidence:
    evidence = by_rules(question, library, lexicon)
    of_those = question.has("highest", "lowest") and any(p.id in question.among for p in evidence.passages)
    if evidence.exact or of_those:  # the highest of those rows: nothing else is asked for
        said = evidence.passages
        beside = kind_untold(question, said, library) if question.form == "how_to" and said else ()
        beside = beside or (matter_untold(question, said, library.corpus) if said and question.form != "fit" else ())
        return replace(NOT_IN_SOURCES, missing=beside) if beside else evidence
    told = chosen(question, evidence, meant(question, evidence, library, lexicon), library, lexicon.table_words)
    told = told_again(question, or_declined(question, told, library, lexicon.table_words), library)
    weighed = question.form == "fit" and evidence.status == "answered"
    if weighed and (told.status == "not_in_sources" or question.statements):
        return evidence  # what somebody says of themselves was weighed: no source needs to say their words
    return told


def meant(question: Question, evidence: Evidence, library: Library, lexicon: Lexicon) -> Evidence | None:
    """What the rules find where the question is taken for its nearest example; None where that says nothing else."""
    taken = as_meant(question)
    found = by_rules(taken, library, lexicon) if taken else NOT_IN_SOURCES
    says_more = not set(found.passages) <= set(evidence.passages)
    return found if found.status == "answered" and says_more else None


def by_rules(question: Question, library: Library, lexicon: Lexicon) -> Evidence:
    """The evidence that the rules of the question's form find."""
    missing: tuple[str, ...] = ()
    if _is_of_a_name_alone(question, library):
        if beside := _of_the_name(question, library):
            return Evidence("partly", (Point(_NOT_OF_ROLES, style="label"), *beside), exact=True)
        return replace(NOT_IN_SOURCES, exact=True)  # "is that firm a big one?": its rows say other things of it
    if (listed := held(question, library)).points:
        return listed
    if (ranked := ranks(question, library, lexicon.table_words)).points:
        return ranked
    told = figures(question, library, lexicon.table_words)
    if told.points and not told.missing and not date_untold(question, told.passages):
        return told
    if lacking := untold(question, library, lexicon.table_words):
        return replace(NOT_IN_SOURCES, missing=lacking, exact=True)
    if (found := _meant(question, library)) and not open_words(question, found, library):
        return with_caveats(found, library)
    for rule in _rules(question, library, lexicon):
        evidence = rule()
        if evidence.exact and BESIDES.search(question.text.lower()):
            return with_caveats(evidence, library)  # what is left out need not be told
        if evidence.status != "not_in_sources":
            if (denied := _without_the_unnamed(question, evidence, library)) is not evidence:
                return denied
            open_ = () if question.form == "fit" else open_words(question, evidence, library)
            advises = question.form == "fit" and bool(question.statements)
            elsewhere = question.nearest is not None and question.nearest.asks_elsewhere and not advises
            if elsewhere and not _says_it_all(question, evidence, library):
                open_ = open_ or tuple(t.word for t in question.terms) or (question.text,)
            if not open_:
                return with_caveats(_more_literal(question, evidence, library), library)
            missing = missing or open_
    said = literal(question, library) if question.form not in ("fit", "compare", "define") else NOT_IN_SOURCES
    if said.points and not date_untold(question, said.passages):
        return with_caveats(said, library)
    if near := nearby(question, library):
        return near
    unsaid = tuple(
        t.word for t in question.terms if not any(covers(p, t, library.corpus) for p in library.corpus.passages)
    )
    words = tuple(m for m in missing if m != question.text) or unsaid or tuple(t.word for t in question.terms)
    return replace(NOT_IN_SOURCES, missing=tuple(dict.fromkeys((*unheld(question, library.corpus), *words))))


def _is_of_a_name_alone(question: Question, library: Library) -> bool:
    """A yes/no question of somebody of whom only rows of the shipped tables speak, and that no row can say yes or no to."""
    table = table_of(question, library) if question.form == "yes_no" and question.values else None
    if table is None or is_put_to(question, table):
        return False
    called = [stems_of(v.value) for v in question.values]
    others = [
        h.passage for h in library.hits
        if h.passage.kind != "row" or library.corpus.document[h.passage.document_id].own
    ]  # fmt: skip
    return not any(name <= stems_of(p.text) for p in others for name in called)


def _of_the_name(question: Question, library: Library) -> tuple[Point, ...]:
    """Asked of roles, whose data do not have the name ("do leads need SQL?"): its current rows, which speak of it at least."""
    if not (question.roles or question.has("must")):
        return ()
    held = {(v.table, v.column, v.value) for v in question.values}
    rows = [
        r.passage for t in library.corpus.tables for r in t.rows
        if not r.superseded and any((t.document_id, c, str(v)) in held for c, v in r.values.items())
    ]  # fmt: skip
    return tuple(Point(p.text, (p,), "bullet") for p in rows[:_MOST_SAID])


def _more_literal(question: Question, evidence: Evidence, library: Library) -> Evidence:
    """The person's own passages that say every word asked about, where the evidence for what these seem to name says only
    some: the vocabulary is that of the shipped corpus, and takes words of other documents for its own.
    """
    if len(question.content) < 2 or question.form in ("fit", "compare", "define"):
        return evidence
    says_all = all(any(covers(p, t, library.corpus) for p in evidence.passages) for t in question.content)
    said = literal(question, library) if not says_all else evidence
    own = any(library.corpus.document[p.document_id].own for p in said.passages)
    return said if own else evidence


def _meant(question: Question, library: Library) -> Evidence | None:
    """The section on what the question plainly asks for, where its words name only other matters."""
    nearest = question.nearest
    if nearest is None or not nearest.plain or nearest.aspect in ("", *question.aspects) or question.values:
        return None
    if not question.items or question.form not in ("how_to", "fact", "yes_no"):
        return None
    found = section(replace(question, aspects=(nearest.aspect,), items=()), library)
    return found if found.points else None


def _without_the_unnamed(question: Question, evidence: Evidence, library: Library) -> Evidence:
    """For "is X among them?": a no before the list, where the list does not name X."""
    first = evidence.points[0] if evidence.points else None
    text = question.text.lower()
    among = _AMONG.search(text)
    if question.form != "yes_no" or not among or question.items or not question.aspects or not first:
        return evidence
    subject = set(text[: among.start()].split()[-_SUBJECT:])
    unnamed = [
        t.word for t in question.terms
        if t.word.lower() in subject and not any(covers(p, t, library.corpus) for p in evidence.passages)
    ]  # fmt: skip
    if not unnamed:
        return evidence
    if not first.passages or (not first.passages[0].items and first.passages[0].kind != "sentence"):
        return evidence
    no = f"No, the sources do not name {joined(unnamed, 'or')}: {inline(first.passages[0].text)}."
    return replace(evidence, points=(replace(first, text=no), *evidence.points[1:]), exact=True)


def _says_it_all(question: Question, evidence: Evidence, library: Library) -> bool:
    """One passage of running text or of a table says every word that was asked about, or role data have the very phrase."""
    low = plain(question.text)
    phrases = [i for i in question.items if " " in i and plain(i) in low]
    if phrases and not question.terms and all(any(i in p.items for p in evidence.passages) for i in phrases):
        return True
    said = [p for p in evidence.passages if p.kind != "role"]
    return bool(question.terms) and any(all(covers(p, t, library.corpus) for t in question.terms) for p in said)


def _of_its_aspect(question: Question, table: Table, library: Library) -> Evidence:
    """Running text on what is asked that names all that is asked about: a row that only names it is no answer."""
    called = [stems_of(v.value) for v in question.values if is_name_in(v, table)]
    if question.form not in ("fact", "define", "list") or not (called or question.items):
        return NOT_IN_SOURCES
    asked = (library.corpus.vocabulary.aspect(a) for a in question.aspects)
    on_it = [stems_of(word) for a in asked for word in (a.name, *a.words)]
    found = [
        p for p in library.corpus.passages
        if p.kind == "sentence" and any(word <= stems_of(p.text) for word in on_it)
        and all(names(p, i, library.corpus) for i in question.items)
        and (not called or any(name <= stems_of(p.text) for name in called))
    ]  # fmt: skip
    return Evidence("answered", tuple(Point(p.text, (p,)) for p in found[:_MOST_SAID])) if found else NOT_IN_SOURCES


def _rules(question: Question, library: Library, lexicon: Lexicon) -> list[Callable[[], Evidence]]:
    table = table_of(question, library)
    by_table = [lambda: rows(question, table, library)] if table else []
    by_table += [lambda: by_number(question, library)]
    by_section = [lambda: section(question, library)] if question.aspects else []
    by_search = [lambda: described(question, library), lambda: prose(question, library)]
    of_roles = {a for r in library.corpus.roles for p in r.passages for a in p.aspects}
    if table and question.aspects and set(question.aspects) <= of_roles:
        by_table = [lambda: _of_its_aspect(question, table, library), *by_table]
    if (
        question.aspects
        and not question.has("way_in")
        and not set(question.aspects) & of_roles
        and question.form in ("fact", "list", "how_to", "number")
    ):
        of_table = bool(question.among) or (table is not None and table.aspect in question.aspects)
        first = [*by_table, *by_section] if of_table or question.values else [*by_section, *by_table]
        return [*first, lambda: listing(question, library), *by_search]
    match question.form:
        case "fit":
            return [lambda: fit(question, library, lexicon)]
        case "compare":
            compares_rows = by_table if question.values or not question.aspects else []
            return [*compares_rows, lambda: comparison(question, library), *by_section, *by_search]
        case "which_role":
            asks_roles = bool(re.search(r"\broles?\b", question.text.lower())) and not question.values
            return [*([] if asks_roles else by_table), lambda: which_role(question, library), *by_section, *by_search]
        case "yes_no":
            if not question.items and not set(question.aspects) <= of_roles:
                return [*by_table, *by_section, lambda: yes_no(question, library), *by_search]
            if (
                question.aspects
                and not set(question.aspects) & of_roles
                and not (question.roles or question.statements)
            ):
                return [*by_table, *by_section, *by_search]  # "are data analysts' jobs growing?" is no need of a role
            return [*by_table, lambda: yes_no(question, library), *by_section, *by_search]
        case "define":
            return [*by_table, lambda: definition(question, library), *by_search]
        case "how_to":
            return [lambda: how_to(question, library), lambda: listing(question, library), *by_section, *by_search]
        case _:
            return [*by_table, lambda: listing(question, library), *by_section, *by_search]
