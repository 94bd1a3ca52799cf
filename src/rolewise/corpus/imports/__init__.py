"""People's own documents: from the files that they have to files of their own corpus folder. One module a format."""

from rolewise.corpus.imports.own import add, remove
from rolewise.corpus.imports.template import new_role
from rolewise.corpus.imports.walk import Outcome

__all__ = ["Outcome", "add", "new_role", "remove"]
