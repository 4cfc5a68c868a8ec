"""Runs the command line: `python -m verbale`."""

from verbale.app.cli.main import run

if __name__ == "__main__":
    run()
