"""The benchmark suite: `make bench`, or `.venv/bin/python -m bench.suite [--quick] [SUBJECT ...]`.

Each subject is a module with `measure(quick) -> list[Figure]`, run in a process of its own. Everything is compared with its
baseline in the same run, the two taking turns, since the machine may be busy with other things.
"""
