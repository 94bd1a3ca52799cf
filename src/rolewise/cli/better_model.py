"""`rolewise setup --model NAME`: fetch a better model from the short list, or print the list."""

from __future__ import annotations

from rolewise.cli.terminal import ERR, OUT, chosen_settings
from rolewise.errors import UsageError


def fetch(name: str) -> None:
    """Fetch the named model into the models folder and say how to use it; `list` prints what there is. Raises UsageError."""
    from rolewise.model_fetch import fetch_model
    from rolewise.model_list import MODELS

    listed = next((model for model in MODELS if model.name == name.lower()), None)
    if listed is None:
        _print_list()
        if name != "list":
            raise UsageError(f"There is no model `{name}` in the list. Nothing was fetched.")
        return
    path = fetch_model(listed, chosen_settings().models_folder, lambda text: ERR.print(text, markup=False))
    OUT.print(f"model: {path}", markup=False, soft_wrap=True)
    OUT.print(
        f"Choose it in the Model tab, or for every start: ROLEWISE_MODEL={path.name}", markup=False, soft_wrap=True
    )


def _print_list() -> None:
    from rich.table import Table

    from rolewise.model_list import MODELS

    table = Table("Name", "File", "Memory", "Licence", "Score", box=None, pad_edge=False)
    for model in MODELS:
        size = f"{model.megabytes:,} MB"
        table.add_row(model.name, size, model.memory, model.licence, model.scored)
    OUT.print(table)
    OUT.print(
        "File and memory are about. Score: correct answers in `rolewise eval`. Fetch one: rolewise setup --model NAME",
        markup=False, soft_wrap=True,
    )  # fmt: skip
