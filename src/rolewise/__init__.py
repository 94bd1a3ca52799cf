"""RoleWise: a career advisor you can check.

from rolewise import Advisor

print(Advisor().invoke("Do I need a PhD to become a lead?").answer)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rolewise.advisor import Advisor, Answer, Ask

__all__ = ["Advisor", "Answer", "Ask"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the advisor at first use, so that `rolewise --help` need not wait for it."""
    if name in __all__:
        from rolewise import advisor

        return getattr(advisor, name)
    raise AttributeError(f"module 'rolewise' has no attribute {name!r}")
