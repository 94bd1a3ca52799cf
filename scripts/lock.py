"""Write the pins anew: `make lock`. Versions stay as they are unless pyproject.toml asks for others.

`constraints.txt` pins every dependency, for Python 3.10 to 3.13; `requirements.lock` adds the hashes of what RoleWise itself needs,
`requirements-dev.lock` those of the tests. To move everything to its newest version, delete constraints.txt first.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMPILE = [
    str(Path(sys.executable).with_name("uv")), "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.10",
    "--no-python-downloads", "--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet",
]  # fmt: skip
EXTRAS = ["--extra", "postgres"]
DEV = [*EXTRAS, "--extra", "dev"]
# The libraries of torch's GPU build, which the CPU build does not use.
GPU = re.compile(r"(nvidia|cuda)-|triton==")

PINS = """\
# Every dependency, pinned, for Python 3.10 to 3.13, without the GPU libraries, which the CPU build of torch does not use.
# Made by `make lock`.
"""
LOCK = """\
# What {what}, with the hash of each file: pip install --no-deps --require-hashes -r {name}
# Made by `make lock`, without the GPU libraries, which the CPU build of torch does not use.
"""


def main() -> None:
    pins = ROOT / "constraints.txt"
    pins.write_text(PINS + "".join(compiled(pins, *DEV)), encoding="utf-8")
    hashed = ["--generate-hashes", "--constraint", "constraints.txt"]
    locked = compiled(None, *EXTRAS, *hashed)
    head = LOCK.format(what="RoleWise needs", name="requirements.lock")
    (ROOT / "requirements.lock").write_text(head + "".join(locked), encoding="utf-8")
    more = [block for block in compiled(None, *DEV, *hashed) if block not in locked]
    head = LOCK.format(what="its tests need besides", name="requirements-dev.lock")
    dev = head + "-r requirements.lock\n" + "".join(more)
    (ROOT / "requirements-dev.lock").write_text(dev, encoding="utf-8")


def compiled(keep: Path | None, *options: str) -> list[str]:
    """The requirements, each with its hashes. `keep`: a file whose versions are kept where they can be."""
    output = ["--output-file", str(keep)] if keep else []
    done = subprocess.run([*COMPILE, *options, *output], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"The pins cannot be written anew:\n{done.stderr}")
    text = keep.read_text(encoding="utf-8") if keep else done.stdout
    blocks: list[str] = re.findall(r"^[a-z].*(?:\n[ \t]+.*)*\n", text, re.M | re.I)
    return [block for block in blocks if not GPU.match(block)]


if __name__ == "__main__":
    main()
