"""What a corpus is made of: documents that hold passages, roles, tables, and the words people use for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Need = Literal["required", "preferred", "useful"]
Choice = Literal["any", "all", "such_as"]


@dataclass(frozen=True)
class Provenance:
    """Where a document comes from and what may be done with it. Dates are ISO days, months or years."""

    title: str
    publisher: str
    published: str
    licence: str
    retrieved: str = ""
    url: str | None = None
    tier: str = ""
    """B: the publisher's own page was read; C: a copy of it; S: somebody quoting it."""
    file: str = ""
    """The name of the file that a person's own document was made from."""


@dataclass(frozen=True)
class ItemGroup:
    """Things a passage names, and how they hang together: any one of them, all of them, or examples."""

    choice: Choice
    items: tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """A sentence, list item or table row that can be cited: `Document.text[start:end] == text`."""

    id: str
    document_id: str
    text: str
    start: int
    end: int
    section: tuple[str, ...]
    position: int
    roles: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    need: Need | None = None
    groups: tuple[ItemGroup, ...] = ()
    short: str = ""
    kind: Literal["sentence", "role", "row"] = "sentence"
    row: int | None = None
    page: int | None = None
    """The page of a PDF that it begins on, counted from 1."""

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(item for group in self.groups for item in group.items)

    @property
    def search_text(self) -> str:
        """What is embedded and indexed: the passage with the headings that it stands under."""
        return f"{' > '.join(self.section[1:])}: {self.text}" if len(self.section) > 1 else self.text


@dataclass(frozen=True)
class Document:
    """A source as readers see it, in Markdown, with the passages cut from it."""

    id: str
    path: str
    kind: Literal["article", "role", "table"]
    provenance: Provenance
    text: str
    passages: tuple[Passage, ...]
    own: bool = False
    """It is the person's own, from their data folder, and did not come with the corpus."""


@dataclass(frozen=True)
class Role:
    """A role of the corpus. Its statements are the passages of `document_id`."""

    id: str
    title: str
    aliases: tuple[str, ...]
    level: str
    document_id: str
    passages: tuple[Passage, ...]

    def about(self, aspect: str) -> tuple[Passage, ...]:
        return tuple(p for p in self.passages if aspect in p.aspects)


@dataclass(frozen=True)
class Column:
    """A column of a table: what it holds and the words people use for it.

    A `name` may be called by one telling word of it, a `title` by two of its words, a `category` only in full;
    a `note` is only told.
    """

    name: str
    kind: Literal["name", "title", "category", "money", "percent", "number", "date", "note"]
    words: tuple[str, ...] = ()
    unit: str = ""
    called: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Other words that people use for a value of the column."""

    @property
    def numeric(self) -> bool:
        return self.kind in ("money", "percent", "number")


@dataclass(frozen=True)
class Row:
    """A table row: its values by column name, and the passage that tells it in words."""

    values: dict[str, str | float]
    passage: Passage
    superseded: bool = False
    overall: bool = False
    """It tells of all the others and more together: it is told where it is named, and is none of the rows to choose from."""
    notes: dict[str, str | float] = field(default_factory=dict)
    """Its cells in columns of kind `note`, which are told and never asked about."""


@dataclass(frozen=True)
class Table:
    document_id: str
    title: str
    row_name: str
    aspect: str
    """The aspect that its rows speak of; empty where no aspect fits."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, name: str) -> Column:
        """The column of that name; for a column of another table, a note, in which nothing is looked up."""
        return next((c for c in self.columns if c.name == name), Column(name, "note"))


@dataclass(frozen=True)
class Aspect:
    """Something that roles can be asked about, and the words that ask for it."""

    id: str
    name: str
    words: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExampleQuestion:
    """A question as people put it, and the aspect or item that it asks for: neither, where sources seldom answer it.

    `{role}` in the text stands for any role.
    """

    text: str
    aspect: str = ""
    item: str = ""


@dataclass(frozen=True)
class Saying:
    """What somebody says of themselves, and the item that it speaks of, for it or against it: none, where it speaks of none."""

    text: str
    item: str = ""
    wanted: bool = True


@dataclass(frozen=True)
class PassageQuestion:
    """A question as people put it that one passage answers; `{role}` in the text stands for any role."""

    text: str
    passage_id: str


@dataclass(frozen=True)
class Vocabulary:
    about: str
    aspects: tuple[Aspect, ...]
    synonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asks: tuple[ExampleQuestion, ...] = ()
    says: tuple[Saying, ...] = ()

    def aspect(self, aspect_id: str) -> Aspect:
        return next(a for a in self.aspects if a.id == aspect_id)

    def parts_of(self, aspect_id: str) -> tuple[Aspect, ...]:
        return tuple(a for a in self.aspects if aspect_id in a.within)


@dataclass(frozen=True)
class Corpus:
    """Everything that answers may stand on."""

    vocabulary: Vocabulary
    documents: tuple[Document, ...]
    roles: tuple[Role, ...]
    tables: tuple[Table, ...]
    questions: tuple[PassageQuestion, ...] = ()
    """Questions that single passages answer; a passage may have none."""
    elsewhere: tuple[str, ...] = ()
    """Questions of the same kind that no passage answers."""
    warnings: tuple[str, ...] = ()
    """Own files that could not be read and were set aside, each with its reason and the fix."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(self.each_passage())

    def each_passage(self) -> Iterator[Passage]:
        for document in self.documents:
            yield from document.passages

    @cached_property
    def with_questions(self) -> frozenset[str]:
        """The ids of the passages that `questions` tell of."""
        return frozenset(q.passage_id for q in self.questions)

    @cached_property
    def compound_names(self) -> tuple[str, ...]:
        """Items of the roles that are names of several capitalised words: none of their words stands for them."""
        items = {item for role in self.roles for p in role.passages for item in p.items if " " in item}
        return tuple(sorted(i for i in items if all(word[:1].isupper() for word in i.split())))

    @cached_property
    def called(self) -> dict[str, str]:
        """By id of a table row's passage, what else people call the row's values, in one text."""
        return {
            row.passage.id: " ".join(w for c in t.columns for w in c.called.get(str(row.values.get(c.name)), ()))
            for t in self.tables
            for row in t.rows
        }

    @cached_property
    def by_id(self) -> dict[str, Passage]:
        return {p.id: p for p in self.passages}

    @cached_property
    def document(self) -> dict[str, Document]:
        return {d.id: d for d in self.documents}

    @cached_property
    def role(self) -> dict[str, Role]:
        return {r.id: r for r in self.roles}
