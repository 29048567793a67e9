"""The command line, scheduled rounds and workers: doors for time and operators.

Each module here that has a Typer application named ``app`` is one command of ``casewright``, named as the
module.
"""
