"""What every page shares: template files, the environment that escapes what they are filled with, and the security policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources

import jinja2

from verbale.core.wording import count, listed
from verbale.report.wording import none_words, unbroken, with_article


def template_file(name: str) -> str:
    """Return the text of one of our own template files."""
    return resources.files("verbale.report").joinpath("templates", name).read_text(encoding="utf-8")


def template(name: str) -> jinja2.Template:
    """Return a template; everything that it is filled with is escaped, and a name that it lacks is an error."""
    return _environment().get_template(name)


def policy(scripts: Iterable[str], *, evaluates: bool = False) -> str:
    """Return a content security policy under which only these scripts run, and nothing is fetched.

    `evaluates` allows scripts to compile expressions, as Vega does with its own.
    """
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts)
    evaluating = " 'unsafe-eval'" if evaluates else ""
    rest = "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; script-src {hashes}{evaluating}; {rest}"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(template_file),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["count"] = count
    environment.filters["unbroken"] = unbroken
    environment.filters["none_words"] = none_words
    environment.filters["with_article"] = with_article
    environment.filters["listed"] = lambda names: listed(list(names))
    return environment
