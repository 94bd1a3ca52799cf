"""How much is taken in from one file. Beyond each, the file is refused with its name and what to do."""

from __future__ import annotations

MAX_BYTES = 50_000_000
"""A book with pictures is smaller; more is a film, a backup or a mistake, and has to fit in memory more than once."""

MAX_CHARACTERS = 2_000_000
"""About 1,000 full pages, 20,000 sentences: some two minutes of embedding on two cores."""

MAX_PAGES = 2_000
"""At 10 to 30 pages a second, a minute or three of reading."""

MAX_READING_S = 300.0
"""Seconds for the reading of one file, of any format: a broken one can make a page take minutes, which no count of pages sees."""

MAX_MEMORY = 2_000_000_000
"""Bytes that the process may have that reads a file: the largest honest ones take a quarter of it."""

MAX_BLOCKS = 30_000
"""Paragraphs, items and rows: each becomes a passage or several, and a text of single letters is no document."""

MAX_CV_BYTES = 20_000_000
MAX_CV_READING_S = 60.0
"""A CV has few pages, and somebody waits for it."""

MAX_UNZIPPED_BYTES = 200_000_000
"""A DOCX is a ZIP: pictures in it hardly shrink, so honest files of MAX_BYTES stay below; a ZIP bomb does not."""

MAX_XML_BYTES = 30_000_000
"""The text of a DOCX is XML, read whole: it takes ten times as much memory as it has bytes."""

MAX_ROWS = 5_000
"""Each row of a CSV is a passage of its own: 20 seconds of embedding, and half a second at each start."""

MAX_COLUMNS = 40
"""A row is told in one sentence; with more columns than this nobody could read it, and MiniLM reads 256 tokens of it."""
