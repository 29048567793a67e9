"""The law as pages: every rule, its authority and examples, and a calculator that runs the live code."""
