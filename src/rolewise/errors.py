"""Errors that people can cause. Each text says what happened, what was kept, and what to do."""


class RoleWiseError(Exception):
    """Base of every error shown to a person as one plain message (exit code 1)."""


class CorpusError(RoleWiseError):
    """A corpus file is broken. The text names the file, the line or field, and the fix."""


class ImportFault(RoleWiseError):
    """A file cannot be taken in as an own document. The text names the file, the reason and the fix."""


class HomeFault(RoleWiseError):
    """The data folder is of a newer version. The text says that nothing was touched, and what to do."""


class IndexFault(RoleWiseError):
    """The search index cannot be read or written."""


class EncoderError(RoleWiseError):
    """The embedding model cannot be exported. It goes on with sentence-transformers, slower to start."""


class ModelError(RoleWiseError):
    """The chat model is missing, wrong, too slow, or died. Answers go on in the sources' own words."""


class QuestionError(RoleWiseError):
    """The question itself cannot be taken: empty, or longer than the limit."""


class LimitError(RoleWiseError):
    """Somebody asks more than the page allows one visitor. The text says when to ask again."""


class CvError(RoleWiseError):
    """A CV cannot be read. The text says why, that nothing of it was kept, and what to do."""


class ConversationError(RoleWiseError):
    """A conversation that the browser kept cannot be opened. It stays where it is; the text says what to do."""


class FeedbackError(RoleWiseError):
    """Feedback cannot be stored or read. The text says what was kept and what to check; it never names a password."""


class UsageError(RoleWiseError):
    """A setting or an argument is wrong (exit code 2)."""
