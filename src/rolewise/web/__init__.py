"""The web page: a Gradio app that asks the advisor and shows what its answers rest on."""

import os
import sys

# Both are read while gradio is imported or a page is built, and either would otherwise call somebody else's server.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

# Gradio would import an MCP server where one is installed, half a second and 24 MB; it goes without where there is none,
# and the page has none.
_HIDDEN = "mcp" not in sys.modules
if _HIDDEN:
    sys.modules["mcp"] = None  # type: ignore[assignment]  # what makes importing it an ImportError
try:
    from rolewise.web.app import build_app, serve
finally:
    if _HIDDEN:
        del sys.modules["mcp"]

__all__ = ["build_app", "serve"]
