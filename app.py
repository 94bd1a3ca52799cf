"""Starts the web page: `python app.py`. The address is printed; `rolewise serve --help` lists what can be chosen."""

from rolewise.advisor import Advisor
from rolewise.settings import load_settings
from rolewise.web import serve

if __name__ == "__main__":
    settings = load_settings()
    serve(settings, Advisor(settings))
