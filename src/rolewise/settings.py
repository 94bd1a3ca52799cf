"""Settings: read once from ROLEWISE_* variables, then passed to whoever needs them."""

from __future__ import annotations

import difflib
import hashlib
import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import AfterValidator, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from rolewise.errors import UsageError
from rolewise.home import refuse_newer


def shipped_corpus() -> Path:
    """The corpus that comes with RoleWise: inside the wheel, or beside `src/` in a clone."""
    packaged = Path(__file__).parent / "shipped_corpus"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "corpus"


def _address(url: str | None) -> str | None:
    parts = urlsplit(url or "")
    if url is not None and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("it is no address; write it like http://127.0.0.1:8000")
    return url


class Settings(BaseSettings):
    """What a user may choose. Every field is the environment variable ROLEWISE_<FIELD>."""

    model_config = SettingsConfigDict(env_prefix="ROLEWISE_", extra="forbid", frozen=True)

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("rolewise", appauthor=False)))
    """Folder of the index, the model weights and your own documents."""
    corpus: Path = Field(default_factory=shipped_corpus)
    """Folder of articles, role files and tables."""
    own: bool = True
    """Whether answers may stand on the person's own documents too (`rolewise add`)."""
    model: str = "auto"
    """`auto`, `built-in`, `none`, a .gguf file (a path, or a name in the models folder), or `provider:name`.

    `auto` lets the built-in model take part where that measured better than the sources' own words. In none of three
    designs did it (`rolewise eval --designs`), so it is not loaded; `built-in` has it word single sentences all the same.
    """
    model_url: str | None = None
    """Address of an OpenAI-compatible server (Ollama, llama-server, LM Studio, vLLM); several, separated by commas."""
    model_key: str | None = None
    """Key for that server, where it wants one."""
    model_ports: Annotated[tuple[Annotated[int, Field(ge=1, le=65535)], ...], NoDecode] = (11434, 8080, 1234, 8000)
    """Ports of this machine, separated by commas, where the Model tab looks for model servers."""
    model_timeout_s: float = Field(default=8.0, gt=0)
    """Seconds a model may take over one answer before the sources' own words stand in."""
    model_threads: int = Field(default=0, ge=0)
    """Threads of the built-in model; 0 chooses by the number of cores."""
    chroma_url: Annotated[str | None, AfterValidator(_address)] = None
    """Address of a Chroma server that several processes share; without it, the index is a folder in `home`."""
    chroma_token: str | None = None
    """Token for that server, where it wants one."""
    chroma_tenant: str = "default_tenant"
    """Tenant of that server."""
    chroma_database: str = "default_database"
    """Database of that tenant."""
    feedback_url: str | None = None
    """Database of the feedback on answers, as SQLAlchemy writes it; without it, a file in `home`."""
    password_hash: str | None = Field(default=None, repr=False)
    """What `rolewise password` prints: the page then asks for that password."""
    token: str | None = Field(default=None, repr=False)
    """What programs send as `Authorization: Bearer …`, or `sha256:` and its hash, as `rolewise password --token` prints."""
    session_key: str | None = Field(default=None, repr=False, min_length=24)
    """Signs the cookies; without it, a random one for each process. Several processes behind one address share one."""
    hosts: Annotated[tuple[str, ...], NoDecode] = ()
    """Names, separated by commas, under which the page is reached beside this machine's own: `rolewise.example.org`."""
    proxies: str = "127.0.0.1"
    """Addresses, separated by commas, of reverse proxies whose `X-Forwarded-For` is believed."""

    questions_per_minute: int = Field(default=30, ge=0)
    """Questions that one visitor of the page may ask; 0 is no limit. A program on this machine has none."""
    log: Literal["lines", "off"] = "lines"
    """Whether `rolewise serve` writes a JSON line about each answer to standard error."""
    log_words: bool = False
    """Whether those lines hold questions and answers, too."""

    @field_validator("model_ports", "hosts", mode="before")
    @classmethod
    def _separated(cls, ports: object) -> object:
        return [part.strip() for part in ports.split(",") if part.strip()] if isinstance(ports, str) else ports

    @property
    def index_folder(self) -> Path:
        """Each corpus has an index of its own, with and without own documents: asking one does not undo the other's."""
        folder, name = self.corpus.resolve(), "index"
        if folder != shipped_corpus().resolve():
            name += f"-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
        return self.home / (name if self.own else f"{name}-without-own")

    @property
    def parsed_articles(self) -> Path:
        """File beside the index in which articles are kept as they were parsed."""
        return self.index_folder.with_name(f"{self.index_folder.name}.articles")

    @property
    def encoder_folder(self) -> Path:
        return self.home / "encoder"

    @property
    def own_corpus(self) -> Path:
        """Folder of the person's own documents, beside the shipped corpus and never in it."""
        return self.home / "corpus"

    @property
    def own_documents(self) -> Path | None:
        """The folder of own documents that answers may stand on; None where they are left out."""
        return self.own_corpus if self.own else None

    @property
    def feedback_file(self) -> Path:
        return self.home / "feedback.sqlite"

    @property
    def models_folder(self) -> Path:
        return self.home / "models"


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment. Raises UsageError naming the variable that is wrong or not known, and HomeFault."""
    known = {f"ROLEWISE_{field.upper()}" for field in Settings.model_fields}
    for name in sorted(n for n in os.environ if n.upper().startswith("ROLEWISE_")):
        if name.upper() not in known and not name.upper().startswith("ROLEWISE_TEST_"):
            near = difflib.get_close_matches(name.upper(), known, n=1)
            raise UsageError(
                f"There is no setting {name}. "
                + (f"Did you mean {near[0]}?" if near else f"There are {', '.join(sorted(known))}.")
            )
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else "?"
        raise UsageError(
            f"The setting ROLEWISE_{field.upper()} is wrong: {first['msg']}. Nothing was changed; correct it and run again."
        ) from error
    refuse_newer(settings.home)
    return settings
