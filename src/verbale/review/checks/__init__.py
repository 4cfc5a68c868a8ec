"""The editorial checks, one module each: a description and a function from a manuscript to slips."""
