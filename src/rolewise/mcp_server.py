"""The advisor as tools of an MCP server over standard input and output: `rolewise mcp`.

The `mcp` package keeps standard output for the protocol: while it serves, whatever else is printed goes to standard error.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, Field

from rolewise.advisor import Advisor, Answer, Ask, Citation
from rolewise.advisor.compose import Footnotes
from rolewise.advisor.side_by_side import Line, side_by_side
from rolewise.corpus import Corpus, Passage, Role
from rolewise.corpus.listing import row_of
from rolewise.errors import RoleWiseError
from rolewise.settings import Settings

INSTRUCTIONS = (
    "Cited answers about roles, from sources on this machine. Every sentence of an answer carries markers like [1], each the `n` "
    "of a citation with the verbatim quote. What the sources don't say is declined (status not_in_sources): do not fill it in."
)


class Statement(BaseModel):
    """What a role's sources say, or what both roles share. `citations`: the `n` of what bears it."""

    text: str
    need: str = ""
    citations: list[int]


class Aspect(BaseModel):
    """One aspect of two roles: what only the one, both, or only the other is said to ask for."""

    name: str
    group: str
    first: list[Statement]
    both: list[Statement]
    second: list[Statement]


class Comparison(BaseModel):
    """Two roles, aspect by aspect, those that differ first."""

    first: str
    second: str
    aspects: list[Aspect]
    citations: list[Citation]


class Source(BaseModel):
    """A document that answers may stand on."""

    source_id: str
    path: str
    kind: Literal["article", "role", "table"]
    title: str
    publisher: str
    published: str
    retrieved: str
    licence: str
    url: str | None
    tier: str
    passages: int
    own: bool
    file: str


class Sources(BaseModel):
    """Everything that answers may stand on, and the roles in it."""

    roles: list[str]
    sources: list[Source]


def serve_mcp(settings: Settings, version: str) -> None:
    """Serve until standard input ends. The advisor is loaded by the first call of a tool."""
    logging.disable(logging.INFO)  # some libraries log every step, which would fill the client's log
    advisor = Advisor(settings)
    try:
        server_of(advisor, version).run("stdio")
    finally:
        advisor.close()


def server_of(advisor: Advisor, version: str) -> MCPServer:
    """The server with its three tools. What people can mend comes back as a tool error in plain words."""
    server = MCPServer("rolewise", title="RoleWise", instructions=INSTRUCTIONS, version=version, log_level="WARNING")

    @server.tool()
    def ask(
        question: Annotated[str, Field(description="One message, in plain English; it may be a follow-up.")],
        history: Annotated[list[str], Field(description="The user's earlier messages, oldest first.")] = [],  # noqa: B006
    ) -> Answer:
        """Ask about the roles: a cited answer, or an honest word that the sources do not say it."""
        with _plainly():
            return advisor.invoke(Ask(question=question, history=tuple(history)))

    @server.tool()
    def compare_roles(
        first: Annotated[str, Field(description="A role's title, id or alias; list_sources names the roles.")],
        second: Annotated[str, Field(description="Another role.")],
    ) -> Comparison:
        """Set two roles side by side: what they share, and what only one of them asks for, each with its source."""
        with _plainly():
            advisor.load()
            return compared(advisor.corpus, first, second)

    @server.tool()
    def list_sources() -> Sources:
        """List the roles, and every document that answers may stand on, with publisher, date and licence."""
        with _plainly():
            advisor.load()
            corpus = advisor.corpus
            rows = [Source(**row_of(document)) for document in corpus.documents]
            return Sources(roles=[role.title for role in corpus.roles], sources=rows)

    return server


def compared(corpus: Corpus, first: str, second: str) -> Comparison:
    """Two roles by title, id or alias. Raises ToolError where one is unknown or both are the same."""
    roles = _role(corpus, first), _role(corpus, second)
    if roles[0] is roles[1]:
        raise ToolError(f"`{first}` and `{second}` are the same role, {roles[0].title}. Name another for one of them.")
    notes = Footnotes(corpus)
    aspects = [_aspect(line, notes) for line in side_by_side(*roles, corpus)]
    return Comparison(
        first=roles[0].title, second=roles[1].title, aspects=aspects, citations=list(notes.citations())
    )  # fmt: skip


def _aspect(line: Line, notes: Footnotes) -> Aspect:
    def statement(text: str, need: str | None, passages: Iterable[Passage]) -> Statement:
        passages = tuple(passages)
        notes.marks(passages)
        return Statement(text=text, need=need or "", citations=[notes.numbers[p.id] for p in passages])

    sides = [[statement(s.passage.short, s.passage.need, (s.passage,)) for s in side] for side in line.sides]
    both = [statement(shared.text, shared.need, shared.passages) for shared in line.shared]
    return Aspect(name=line.name, group=line.group, first=sides[0], both=both, second=sides[1])


def _role(corpus: Corpus, name: str) -> Role:
    wanted = name.strip().casefold()
    for role in corpus.roles:
        if wanted in {n.casefold() for n in (role.id, role.title, *role.aliases)}:
            return role
    raise ToolError(
        f"There is no role `{name[:100]}` in the sources. They hold: {', '.join(role.title for role in corpus.roles)}."
    )


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except RoleWiseError as error:
        raise ToolError(str(error)) from error
