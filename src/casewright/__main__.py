"""``python -m casewright`` is the console script."""

from casewright.commands.main import main

main()
