"""What a follow-up leaves out, taken from the question before: roles, aspects, items, rows, the form."""

from __future__ import annotations

import re
from dataclasses import replace

from rolewise.advisor import english
from rolewise.advisor.outcome import names_of
from rolewise.advisor.question import Question, Term, Value
from rolewise.advisor.reading import Reading
from rolewise.advisor.table_words import TableWords
from rolewise.corpus import Column, Corpus
from rolewise.corpus.words import tokens

_SHORT, _VERY_SHORT = 14, 4  # words: a longer question names what it means, a very short one leaves it out
_OWN_FORM = frozenset({"compare", "which_role", "fit", "how_to", "number", "define"})
_CARRIED_FORMS = ("compare", "which_role", "fact", "list", "yes_no", "number", "define")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HOW_MANY_FOR = re.compile(r"^\W*(?:(?:and|or|so|ok|but)\W+)*how many (?:for|of|name|mention|ask for|want)\b")
_PAY_ALONE = re.compile(
    r"\W*(?:(?:and|so|ok|but|nice|cool)\W+)*(?:what's|whats|what is|how's|hows|how is|how much)?(?: (?:is|about))?(?: the)? ?(?:money|pay|salary|wage|compensation)(?: like| there| then)*\W*"
)
"""What a row pays, and nothing else."""
_OPPOSITES = {
    "highest": "lowest", "lowest": "highest", "newest": "older", "older": "newest", "at_least": "at_most", "at_most": "at_least",
}  # fmt: skip


def roles_meant(reading: Reading, last: Question | None, corpus: Corpus) -> tuple[tuple[str, ...], bool]:
    """The roles that a question means, and whether they come from the conversation."""
    body = reading.text
    everyone = tuple(r.id for r in corpus.roles)
    before = (last.came_to if len(last.came_to) > 1 else last.roles) if last else ()
    if english.OTHER.search(body) and len(before) == 1 and len(everyone) == 2:
        return tuple(r for r in everyone if r not in before), True
    if english.BOTH.search(body) and len(reading.roles) < 2 and not reading.values:
        return (before if len(before) > 1 else everyone), False
    if reading.roles:
        return reading.roles, False
    if last and not _names_more(reading) and len(titled := _by_title(reading, corpus)) == 1:
        return titled, True
    if last and last.came_to and english.PRONOUN.search(body):
        return last.came_to, True
    pronoun = bool(english.PRONOUN.search(body))
    names_more = bool(reading.aspects or reading.items or not reading.terms or len(reading.words) <= _VERY_SHORT)
    about_roles = names_more and len(reading.words) < _SHORT and not _ranks_a_table(reading, corpus)
    if before and not reading.cues & {"which_role", "compare"} and not reading.values and (pronoun or about_roles):
        return before, True
    return (), False


def _names_more(reading: Reading) -> bool:
    """Something else than a role is named, or more is said than "and for software?"."""
    return not reading.names_nothing or len(reading.words) > _SHORT // 2


def _ranks_a_table(reading: Reading, corpus: Corpus) -> bool:
    """ "Which skill do the job ads name most?" asks for the end of a table, and leaves no role out."""
    ends = reading.cues & {"highest", "lowest"} and "which_row" in reading.cues
    return bool(ends) and any(t.aspect in reading.aspects for t in corpus.tables)


def _by_title(reading: Reading, corpus: Corpus) -> tuple[str, ...]:
    """The roles that a word of a short follow-up tells apart from all others: "ok and for software?"."""
    stems = {r.id: {t.stem for t in tokens(r.title)} for r in corpus.roles}
    said = {w.stem for w in reading.words}
    return tuple(i for i, own in stems.items() if said & (own - set().union(*(s for o, s in stems.items() if o != i))))


def carried(
    question: Question, reading: Reading, last: Question | None, corrected: bool, corpus: Corpus, words: TableWords
) -> Question:
    """The question with the gaps of an elliptical follow-up filled from the one before."""
    if last is None:
        return question
    if last.picked and len(last.gave) == 1:
        others = tuple(v for v in question.values if column_of(v, corpus).kind not in ("name", "title"))
        return replace(question, values=(*names_of(corpus.by_id[last.gave[0]], corpus), *others), roles=())
    if last.picked:
        return _of_rows(question, last.gave, corpus)
    why = "why" in reading.cues and reading.names_nothing and not reading.roles
    if last.form == "fit" and (why or english.STILL_SO.match(reading.text)):
        said = (*last.statements, *question.statements)
        # The same is weighed again: its points are the reasons.
        return replace(last, text=question.text, statements=said)
    body = reading.text
    of_it = english.ASKS_OF_IT.match(body)
    names = reading.values or reading.items or reading.roles
    pronoun = bool(english.PRONOUN.search(body)) and not (of_it and names)  # "it" is what stands before it
    other = bool(english.OTHER.search(body))
    likewise = bool(english.LIKEWISE.search(body)) and not english.BEGINS_WITH_AUXILIARY.search(body)
    continues = corrected or other or likewise or bool(english.CONTINUES.search(body)) or len(reading.words) <= 4
    about = bool(re.match(r"^\W*(?:and |but |so |ok |then )*(?:what|how) about\b", body))
    asks = of_it or english.BEGINS_WITH_AUXILIARY.search(body)
    counts = "number" in reading.cues and bool(_HOW_MANY_FOR.match(body))
    short = bool(re.match(r"^\W*(?:and|or)\b", body)) and len(reading.words) <= 5 and not (asks or counts)
    bare = about or short or likewise or not (reading.cues & _OWN_FORM or english.begins_asking(body) or of_it)
    tables = {v.table for v in last.values}
    rows = tuple(v for v in reading.rows_by_name if v.table in tables)
    if english.ONE_OF_THEM.search(body) and last.aspects and not (last.values or reading.values):
        return _among(question, reading, last)
    if counts and reading.items and not (reading.values or reading.aspects) and (counted := _tables_of(last, corpus)):
        return replace(question, form="number", aspects=counted, roles=())
    if rows and (continues or bare) and not reading.aspects:
        return replace(
            question,
            form=last.form,
            values=_beside(rows, last, corpus),
            roles=(),
            aspects=last.aspects,
            columns=last.columns or question.columns,
        )
    years = tuple(Term(w.text, w.stem, True, True) for w in reading.words if _YEAR.fullmatch(w.text))
    only = [w for w in reading.words if w.stem not in english.FILLER_STEMS]
    moves = len(years) == len(only) == 1
    if moves and (any(_YEAR.fullmatch(t.word) for t in last.terms) or not reading.values):
        kept_terms = tuple(t for t in last.terms if not _YEAR.fullmatch(t.word))
        return replace(  # "and in 2024?" moves the year, and asks the same
            question, form=last.form, aspects=last.aspects, items=last.items, columns=last.columns, roles=last.roles,
            values=last.values, terms=(*kept_terms, *years), cues=_merged(question.cues, last.cues),
        )  # fmt: skip
    told = tuple(v for one in words.named(body) for v in one.cells if v.table in tables)
    if (
        told and (continues or bare) and not (reading.aspects or of_it or english.begins_asking(body))
    ):  # "and in Canada?"
        named = {t.stem for one in words.named(body) for t in tokens(one.phrase)}
        return replace(
            question,
            form=last.form,
            values=_beside(told, last, corpus),
            roles=(),
            items=(),
            aspects=last.aspects,
            columns=last.columns or question.columns,
            terms=tuple(t for t in question.terms if t.stem not in named),
            cues=_merged(question.cues, last.cues),
        )
    of_those = (
        last.gave
        and (english.OF_THOSE.search(body) or english.OF_TWO.search(body))
        and not _names_a_row(reading, corpus)
        and not reading.roles
    )
    if of_those and len(last.gave) > 1:
        return _of_those(question, reading, last, corpus)
    weighs = pronoun and bool(reading.cues & {"compare", "at_least", "at_most"})
    other_row = reading.values if _names_a_row(reading, corpus) else told
    if weighs and last.values and other_row:  # "is that more than at ...?": both rows
        both = (*_rows_of(last.values, corpus), *_rows_of(other_row, corpus))
        if len(both) == 2:
            return replace(
                question, form="fact", aspects=(), items=(), among=both, values=(), roles=(), terms=(), cues=frozenset()
            )
        return replace(question, form="fact", values=(*last.values, *reading.values), roles=(), cues=frozenset())
    if reading.names_nothing and (continues or pronoun) and (bare or not reading.cues & {"fit", "define"}):
        return replace(
            question,
            form=last.form if bare else question.form,
            aspects=last.aspects,
            items=last.items,
            columns=last.columns or question.columns,
            terms=last.terms,
            values=_theirs(last.values, corpus) if "else" in reading.cues else last.values,
            cues=_merged(question.cues, last.cues) if bare else question.cues,
            negated=question.negated or (bare and last.negated),
        )
    if of_those:
        return _of_those(question, reading, last, corpus)
    pay_alone = len(last.gave) == 1 and not reading.items and _PAY_ALONE.fullmatch(body)
    named_before = tuple(t for t in last.terms if t.name and t.word not in {o.word for o in question.terms})
    if (pronoun or pay_alone) and last.values and not reading.roles and not _names_a_row(reading, corpus):
        columns = {v.column for v in reading.values}
        kept = tuple(v for v in last.values if v.column not in columns)
        kept = (
            _theirs(kept, corpus) if reading.values else kept
        )  # "do they have anything for juniors?": theirs, not that one
        there = named_before if re.search(r"\bthere\b", body) else ()
        return replace(question, values=(*kept, *reading.values), roles=(), terms=(*question.terms, *there))
    if named_before and (pronoun or continues) and not (reading.values or any(t.name for t in reading.terms)):
        question = replace(
            question, terms=(*question.terms, *named_before)
        )  # "is there a level above it?": on that ladder
    if continues and bare and last.form in _CARRIED_FORMS:
        form = "fact" if last.form in ("yes_no", "define") and not reading.items else last.form
        roles = question.roles or (last.roles if form != "which_role" else ())
        return replace(
            question, form=form, roles=roles, cues=question.cues | (last.cues & {"compare", "common", "which_role"})
        )
    return question


def of_its_publisher(question: Question, reading: Reading, last: Question | None, corpus: Corpus) -> Question:
    """A short follow-up that names nobody else goes on about the publisher of sources whom the question before names."""
    named = any(t.name and not t.word.isdigit() for t in reading.terms)
    by_name = any(column_of(v, corpus).kind in ("name", "title") for v in (*reading.values, *question.values))
    if last is None or len(reading.words) > _SHORT or reading.roles or by_name or named:
        return question
    before = [t.stem for t in tokens(last.standalone)]
    names = [tokens(d.provenance.publisher) for d in corpus.documents]
    said = [
        name for name in names if any(before[i : i + len(name)] == [t.stem for t in name] for i in range(len(before)))
    ]
    known = {t.stem for t in question.terms}
    called = [max(name, key=lambda w: len(w.text)) for name in said]
    terms = {w.stem: Term(w.text, w.stem, True, True) for w in called if w.stem not in known}
    return replace(question, terms=(*question.terms, *terms.values()))


def standalone(question: Question, reading: Reading, text: str, from_before: bool, corpus: Corpus) -> str:
    """The question in words that need no conversation behind them."""
    own = (reading.aspects, reading.items, reading.values, reading.terms)
    if not from_before and own == (question.aspects, question.items, question.values, question.terms):
        return text
    names = " and the ".join(corpus.role[r].title for r in question.roles)
    about = ", ".join(
        [corpus.vocabulary.aspect(a).name for a in question.aspects]
        + list(question.items)
        + list(dict.fromkeys(v.value for v in question.values))
        + [t.word for t in question.terms]
    )
    if question.form == "compare":
        return f"How do the {names} compare{' on ' + about if about else ''}?"
    subject = f"for the {names}" if names else ""
    if not (about or subject):
        return text
    return f"{text.rstrip('?!. ')} ({', '.join(x for x in (about, subject) if x)})?"


def _tables_of(last: Question, corpus: Corpus) -> tuple[str, ...]:
    """What the tables are on of which the question before named, or its answer told, rows."""
    of = {*(v.table for v in last.values), *(corpus.by_id[i].document_id for i in (*last.gave, *last.among))}
    return tuple(dict.fromkeys(t.aspect for t in corpus.tables if t.document_id in of))


def _theirs(values: tuple[Value, ...], corpus: Corpus) -> tuple[Value, ...]:
    """The names of whose rows they are, without what the one row is called; all values where there is no such name."""
    return tuple(v for v in values if column_of(v, corpus).kind == "name") or values


def _beside(new: tuple[Value, ...], last: Question, corpus: Corpus) -> tuple[Value, ...]:
    """The new values, and those of the question before in other columns of their tables; not where the new ones alone tell
    a row that has no such values.
    """
    tables, columns = {v.table for v in new}, {v.column for v in new}
    together = (*(v for v in last.values if v.table in tables and v.column not in columns), *new)
    return new if len(_rows_of(new, corpus)) == 1 and not _rows_of(together, corpus) else together


def _of_rows(question: Question, ids: tuple[str, ...], corpus: Corpus) -> Question:
    """The question put to these rows of a table alone."""
    table = next(t for t in corpus.tables if any(r.passage.id in ids for r in t.rows))
    return replace(question, among=ids, roles=(), aspects=question.aspects or (table.aspect,))


def _of_those(question: Question, reading: Reading, last: Question, corpus: Corpus) -> Question:
    terms = tuple(t for t in question.terms if not t.word[0].isdigit() or t in reading.terms)
    form = "fact" if question.form == "compare" else question.form  # the rows are told beside each other
    return _of_rows(replace(question, terms=terms, form=form), last.gave, corpus)


def _names_a_row(reading: Reading, corpus: Corpus) -> bool:
    return any(column_of(v, corpus).kind in ("name", "title") for v in reading.values)


def _rows_of(values: tuple[Value, ...], corpus: Corpus) -> tuple[str, ...]:
    """Ids of the rows that hold all the values of one table."""
    of = [(t, [v for v in values if v.table == t.document_id]) for t in corpus.tables]
    return tuple(
        r.passage.id for t, wanted in of if wanted
        for r in t.rows if all(str(r.values.get(v.column)) == v.value for v in wanted)
    )  # fmt: skip


def column_of(value: Value, corpus: Corpus) -> Column:
    """The column of the corpus's table that the value stands in."""
    return next(t for t in corpus.tables if t.document_id == value.table).column(value.column)


def _among(question: Question, reading: Reading, last: Question) -> Question:
    """ "Is education one of them?": whether the list that was asked for before names it."""
    words = [w for w in reading.words if w.stem not in english.FILLER_STEMS]
    terms = tuple(Term(w.text, w.stem) for w in words)
    return replace(question, form="yes_no", aspects=last.aspects, roles=last.roles, items=reading.items, terms=terms)


def _merged(new: frozenset[str], old: frozenset[str]) -> frozenset[str]:
    """Cues of a follow-up: what it says itself overrides its opposite in the question before."""
    return new | (old - {_OPPOSITES[c] for c in new if c in _OPPOSITES})
