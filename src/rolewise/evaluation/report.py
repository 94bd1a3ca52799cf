"""The report of a run as data, and how it is kept."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from rolewise.errors import UsageError
from rolewise.evaluation.designs import Design
from rolewise.evaluation.figures import Figures
from rolewise.evaluation.gate import Gate, Side
from rolewise.evaluation.plot import Panel, bars, curves
from rolewise.evaluation.results import Judged
from rolewise.evaluation.retrieval import Ranked
from rolewise.evaluation.suites import SuiteResult
from rolewise.evaluation.trust import Trust

OURS, NONE, TUTORIAL = "ours", "none", "tutorial"


class System(BaseModel):
    """One system: its rows, and its figures by split and by split and category (`dev/fact`)."""

    model_config = ConfigDict(frozen=True)

    title: str
    rows: dict[str, Judged]
    figures: dict[str, Figures]


class Report(BaseModel):
    """A run of `rolewise eval`."""

    model_config = ConfigDict(frozen=True)

    made: str
    command: str
    model: str | None
    cores: int
    load: float
    """Load average of the machine at the end of the run: above `cores`, the timings are pessimistic."""
    seconds: float
    passages: int
    golden: dict[str, str]
    """File to the first characters of its SHA-256."""
    systems: dict[str, System]
    sample: dict[str, Figures] = {}
    """Every system on the rows that the tutorial chain was asked."""
    sample_categories: dict[str, dict[str, Figures]] = {}
    retrieval: dict[str, Ranked] = {}
    gate: Gate | None = None
    suites: dict[str, SuiteResult] = {}
    trust: tuple[Trust, ...] = ()
    designs: tuple[Design, ...] = ()
    designs_made: str = ""


def read_report(path: Path) -> Report:
    """Raises UsageError if it is none."""
    try:
        return Report.model_validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}). Name a report.json of `rolewise eval`.") from error
    except ValidationError as error:
        raise UsageError(
            f"{path} is not a report of this version ({error.error_count()} fields differ). Run `rolewise eval` again."
        ) from error


def write_report(report: Report, folder: Path) -> list[Path]:
    """Write report.json, report.md, report.svg and, where the gate was measured, gate.svg into `folder`."""
    from rolewise.evaluation.markdown import markdown

    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "report.json": report.model_dump_json(indent=1, exclude_defaults=True),
        "report.md": markdown(report),
        "report.svg": bars(*_bars(report)),
    }
    if report.gate:
        panels = [_panel("Answering", report.gate.answering), _panel("Declining", report.gate.declining)]
        files["gate.svg"] = curves("Precision and recall of the gate", panels)
    for name, text in files.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")
    return [folder / name for name in files]


def _bars(report: Report) -> tuple[list[str], dict[str, list[float | None]]]:
    """Correct by category over all rows run, and the tutorial chain on its sample."""
    ours = report.systems[OURS].figures
    categories = [k.removeprefix("all/") for k in ours if k.startswith("all/")]
    most = max(len(s.rows) for s in report.systems.values())
    series = {
        f"{system.title} ({len(system.rows)} of {most} questions)": [
            f.correct.share if (f := system.figures.get(f"all/{c}")) else None for c in categories
        ]
        for system in report.systems.values()
    }
    return categories, series


def _panel(title: str, side: Side) -> Panel:
    precision, recall = side.precision.share or 0.0, side.recall.share or 0.0
    lines = {"rule first, then score": side.both.points, "score alone": side.score.points}
    return Panel(title, lines, "the rule", (recall, precision))
