"""People's own documents: from the files that they have to files of their own corpus folder. One module a format."""

from rolewise.corpus.imports.own import add, remove
from rolewise.corpus.imports.shelf import OwnFile, own_files
from rolewise.corpus.imports.template import new_role
from rolewise.corpus.imports.walk import Outcome

__all__ = ["Outcome", "OwnFile", "add", "new_role", "own_files", "remove"]
