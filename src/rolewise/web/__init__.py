"""The web page: a Gradio app that asks the advisor and shows what its answers rest on."""

import os

from rolewise.imports import without

# Both are read while gradio is imported or a page is built, and either would otherwise call somebody else's server.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

# Gradio would import an MCP server, half a second and 24 MB, which the page does not have.
with without("mcp"):
    from rolewise.web.app import build_app, serve

__all__ = ["build_app", "serve"]
