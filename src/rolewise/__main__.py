"""`python -m rolewise` is the command line."""

from rolewise.cli import main

main()
