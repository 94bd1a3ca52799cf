"""The schema of corpus files. A file that does not fit is refused with its name, the field and the fix."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from rolewise.corpus.model import ItemGroup, Need, Provenance
from rolewise.errors import CorpusError

Text = Annotated[str, Field(min_length=1)]
DateText = Annotated[str, BeforeValidator(str), Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Source(_Strict):
    """The provenance that every file must give."""

    title: Text
    publisher: Text
    published: DateText
    licence: Text
    retrieved: DateText | None = None
    url: Annotated[str, Field(pattern=r"^https?://")] | None = None
    tier: Literal["", "B", "C", "S"] = ""
    file: str = ""
    """Own documents: the name of the original, and the folder it was taken from."""
    folder: str = ""
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    """Own documents: the hash of the original's bytes, by which it is known again."""

    def provenance(self) -> Provenance:
        return Provenance(
            self.title,
            self.publisher,
            self.published,
            self.licence,
            self.retrieved or "",
            self.url,
            self.tier,
            self.file,
        )


def _words(text: str) -> set[str]:
    words = (w.strip(".'") for w in re.findall(r"[\w.+#']+", text.lower()))
    return {w[:5] for w in words if len(w) > 3 or not w.isalpha()}


class Statement(_Strict):
    """One sentence about a role, true by itself, with its short form and the things that it names."""

    text: Text
    short: str = ""
    items: list[dict[Literal["any", "all", "such_as"], list[Text]]] = []
    aspect: Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?$")] | None = None
    need: Need | None = None

    @field_validator("items", mode="before")
    @classmethod
    def _one_group_or_several(cls, value: Any) -> Any:
        return [value] if isinstance(value, dict) else value

    @field_validator("text")
    @classmethod
    def _a_sentence(cls, value: str) -> str:
        if not value.endswith((".", "!", "?")):
            raise ValueError("a statement is a whole sentence: end it with a full stop")
        return value

    @model_validator(mode="after")
    def _short_says_no_more(self) -> Statement:
        extra = _words(self.short) - _words(self.text)
        if extra:
            raise ValueError(
                f"`short` says more than `text` ({', '.join(sorted(extra))}…): use the words of the sentence"
            )
        return self

    def groups(self) -> tuple[ItemGroup, ...]:
        return tuple(ItemGroup(choice, tuple(items)) for group in self.items for choice, items in group.items())


class RequirementEntry(Statement):
    aspect: Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?$")]
    need: Need


class RoleFile(_Strict):
    """A role: what it is, what it does, what it asks for."""

    id: Slug
    title: Text
    aliases: list[Text] = []
    level: str = ""
    source: Source
    summary: Annotated[list[Statement], Field(min_length=1)]
    responsibilities: list[Statement] = []
    requirements: list[RequirementEntry] = []
    tools: list[Statement] = []
    industries: list[Statement] = []
    outlook: list[Statement] = []
    more: list[Statement] = []


NUMERIC = ("money", "percent", "number")
ROW_MARKS = frozenset({"text", "superseded", "overall", "caution"})
"""What a row may hold beside the values of its columns: its own sentence, and how far it can be trusted."""


class ColumnEntry(_Strict):
    name: Text
    kind: Literal["name", "title", "category", "money", "percent", "number", "date", "note"]
    words: list[Text] = []
    unit: str = ""
    called: dict[Text, list[Text]] = {}
    """Other words that people use for a value of the column."""
    always: Text | None = None
    """The value that every row has, where the column is not among its cells."""


class TableFile(Source):
    """A table: columns with a kind, and rows that are told by `text` or by the template `sentence`.

    The rows stand in the file, or in the CSV file beside it that `data` names.
    """

    aspect: Slug | None = None
    row_name: Text
    columns: Annotated[list[ColumnEntry], Field(min_length=1)]
    sentence: str = ""
    rows: list[dict[str, Any]] = []
    data: Annotated[str, Field(pattern=r"^[\w.-]+\.csv$")] | None = None

    @model_validator(mode="after")
    def _rows_fit_the_columns(self) -> TableFile:
        if bool(self.rows) == bool(self.data):
            raise ValueError("a table has either `rows` or `data`, the CSV file that holds them: give one of the two")
        self.check(self.rows)
        return self

    def check(self, rows: list[dict[str, Any]]) -> None:
        """Raises ValueError with the row and the fix where a row does not fit the columns."""
        kinds = {c.name: c for c in self.columns}
        for number, row in enumerate(rows, start=1):
            unknown = set(row) - set(kinds) - ROW_MARKS
            if unknown:
                raise ValueError(
                    f"row {number} has no column for {', '.join(sorted(unknown))}: declare it under `columns`"
                )
            if not row.get("text") and not self.sentence:
                raise ValueError(f"row {number} has no `text`, and the table no `sentence` to tell it with")
            for name, value in row.items():
                numeric = name in kinds and kinds[name].kind in NUMERIC
                if numeric and (not isinstance(value, (int, float)) or isinstance(value, bool)):
                    raise ValueError(f"row {number}, {name}: {value!r} is not a number")


class AspectEntry(_Strict):
    id: Slug
    name: Text
    words: list[Text] = []
    within: list[Slug] = []

    @field_validator("within", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


class VocabularyFile(_Strict):
    about: Text
    aspects: Annotated[list[AspectEntry], Field(min_length=1)]
    synonyms: dict[str, list[Text]] = {}


class AsksFile(_Strict):
    """Questions as people put them, by the aspect or the item that they ask for.

    `elsewhere` are those that sources seldom answer.
    """

    asks: dict[Slug, list[Text]]
    items: dict[Text, list[Text]] = {}
    elsewhere: list[Text] = []


class SaysEntry(_Strict):
    """What somebody says who likes an item, has it or is good at it, and who doesn't."""

    liked: Annotated[list[Text], Field(alias="for")] = []
    against: list[Text] = []


class SaysFile(_Strict):
    """What people say of themselves, by the item that it speaks of; `silent` are sayings that speak of none."""

    says: dict[Text, SaysEntry]
    silent: list[Text] = []


class AskedEntry(_Strict):
    """Questions of one passage, told by a fragment of it; of each row, where the document is a table."""

    says: str = ""
    asked: Annotated[list[Text], Field(min_length=1)]


class QuestionsFile(_Strict):
    """Questions that single passages answer, by document; `elsewhere` are such as none of them does."""

    questions: dict[Text, list[AskedEntry]]
    elsewhere: list[Text] = []


Schema = TypeVar("Schema", bound=BaseModel)
_LONG = 200_000  # characters: the parser in Python would take more than seconds
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where the wheel brings it: ten times as fast


def read_yaml(text: str, path: str, schema: type[Schema]) -> Schema:
    """Validated content of a YAML file. Raises CorpusError with file, line or field, and the fix."""
    try:
        # Aliases are refused: a few lines of them can stand for gigabytes. Never a loader that builds Python objects.
        if "&" in text and "*" in text and _has_aliases(text):
            raise CorpusError(f"{path}: YAML aliases (`*name`) are not taken. Write each value out where it stands.")
        content = _loaded(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or (str(error) if isinstance(error, ValueError) else "")
        problem = problem or "it cannot be read"
        raise CorpusError(
            f"{path}{line}: not valid YAML ({problem}). Check indentation, colons and quotes there."
        ) from error
    if not isinstance(content, dict):
        raise CorpusError(
            f"{path}: expected `field: value` lines, found {type(content).__name__}. See corpus/README.md."
        )
    try:
        return schema.model_validate(content)
    except ValidationError as error:
        lines = [_complaint(e) for e in error.errors()]
        raise CorpusError(f"{path}: " + "; ".join(lines[:3]) + ". See corpus/README.md for the format.") from error


def _has_aliases(text: str) -> bool:
    """Whether the text has an alias; what cannot be scanned is told of where it is loaded."""
    try:
        return any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=_LOADER))
    except yaml.YAMLError:
        return False


def _loaded(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506  a safe loader: see there
    except yaml.YAMLError:
        if len(text) > _LONG:
            raise
        return yaml.safe_load(text)  # the parser in Python, which tells better where the fault is


def _complaint(error: Any) -> str:
    where = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in error["loc"]) or "the file"
    if error["type"] == "missing":
        return f"the field `{where}` is missing: add it"
    if error["type"] == "extra_forbidden":
        return f"the field `{where}` is not known: remove it or correct its name"
    return f"the field `{where}` is wrong: {error['msg'].removeprefix('Value error, ')}"


def read_text(path: Path, name: str) -> str:
    """The text of a corpus file. Raises CorpusError when it is not UTF-8 or cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{name}: not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    except OSError as error:
        raise CorpusError(
            f"{name}: cannot be read ({error.strerror}). Check that it exists and may be read."
        ) from error
