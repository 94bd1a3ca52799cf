"""The web page: a Gradio app that asks the advisor and shows what its answers rest on."""

import os

# Both are read while gradio is imported or a page is built, and either would otherwise call somebody else's server.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

from rolewise.web.app import build_app, serve

__all__ = ["build_app", "serve"]
