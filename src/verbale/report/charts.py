"""The three charts, drawn by Altair from plain data and compiled here, and the Vega library that shows them, as text.

The page fills in the data and the width; colours are variables of its style sheet, which knows light, dark and paper. Nothing
is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import altair as alt
import vl_convert

from verbale.report.wording import QUADRANT_ORDER

# The embedding function is the one way into the bundle that its package promises; Altair's own pages use it.
_RUNTIME = "window.vegaEmbed = vegaEmbed;"
# The last label of the time axis may stand half outside the drawing; the room on the right keeps it whole.
_PADDING = {"left": 2, "top": 2, "right": 20, "bottom": 2}
# The families of the page's style sheet, by name: Vega measures labels before it draws them, and cannot measure "inherit".
_FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"
_COLOURS = ("var(--q0)", "var(--q1)", "var(--q2)", "var(--q3)")
# The colours of the figures of `verbale.measures`, and what they are on a page that may be dark.
_PAGE_COLOURS: Final = {
    "#0b4f8a": "var(--q0)",
    "#4a97cf": "var(--q1)",
    "#d58a00": "var(--q2)",
    "#b2380b": "var(--q3)",
    "#1d2229": "var(--ink)",
    "#59626d": "var(--soft)",
    "#dadddf": "var(--line)",
}
# Cooperation is round and conflict pointed, so that the two differ without colour as well.
_SHAPES = ("circle", "circle", "diamond", "diamond")


@cache
def vega_bundle() -> str:
    """Return the Vega runtime as JavaScript for a script element, from the installed package."""
    script = str(vl_convert.javascript_bundle(_RUNTIME))
    # Inside JavaScript strings the backslash changes nothing; in HTML it keeps the script element open.
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


@cache
def chart_specs() -> dict[str, Any]:
    """Return the compiled charts by name; the page must not change them, but copies."""
    return {"timeline": _compiled(_timeline()), "balance": _compiled(_balance()), "records": _compiled(_records())}


def compiled(specification: Mapping[str, Any]) -> dict[str, Any]:
    """Return a Vega-Lite chart of a measure, with its data, in the page's style, ready for Vega.

    The figure's colours become the page's variables; one view fills the width of its column.
    """
    # A name may come from a broken text; a lone surrogate is no character that Vega's compiler takes.
    text = json.dumps(specification, default=str, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    for plain, variable in _PAGE_COLOURS.items():
        text = text.replace(plain, variable)
    chart = alt.Chart.from_dict(json.loads(text))
    if not isinstance(chart, (alt.FacetChart, alt.ConcatChart, alt.HConcatChart, alt.VConcatChart, alt.RepeatChart)):
        # Labels beside the drawing take their room from it, not from the page.
        chart = chart.properties(width="container", autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    return _compiled(chart)


def _compiled(chart: Any) -> dict[str, Any]:
    styled = (
        chart.configure(background="transparent", padding=_PADDING, font=_FONT)
        .configure_view(stroke=None)
        .configure_text(fill="var(--ink)", fontSize=13)
        .configure_rule(stroke="var(--soft)")
        .configure_axis(
            labelColor="var(--soft)",
            labelFontSize=12,
            gridColor="var(--line)",
            domainColor="var(--line)",
            tickColor="var(--line)",
            titleColor="var(--soft)",
            titleFontSize=12,
            titleFontWeight="normal",
            labelSeparation=8,
        )
        # Beside the drawing a legend takes half of a telephone's width.
        .configure_legend(
            orient="top",
            labelColor="var(--ink)",
            labelFontSize=12,
            titleColor="var(--soft)",
            titleFontSize=12,
            titleFontWeight="normal",
            symbolOpacity=1,
            symbolBaseFillColor="var(--ink)",
            symbolBaseStrokeColor="var(--ink)",
        )
        .configure_title(anchor="start", color="var(--soft)", fontSize=12, fontWeight="normal", offset=8)
        .configure_header(labelColor="var(--ink)", titleColor="var(--soft)")
    )
    spec: dict[str, Any] = vl_convert.vegalite_to_vega(styled.to_dict())
    # Two legends stand one above the other: side by side they run out of a narrow page.
    spec["config"].setdefault("legend", {})["layout"] = {"top": {"direction": "vertical", "anchor": "start", "margin": 6}}
    return spec


def _quadrant_scale() -> alt.Scale:
    return alt.Scale(domain=list(QUADRANT_ORDER), range=list(_COLOURS))


def _timeline() -> alt.LayerChart | alt.FacetChart:
    """Marks along time, one row for each direction; the page places marks within a row so that few cover each other."""
    time = alt.X(
        "x:T", scale=alt.Scale(type="utc", nice=False), axis=alt.Axis(title=None, grid=True, labelOverlap=True, format="%Y")
    )
    height = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 100], nice=False, zero=False, reverse=True))
    colour = alt.Color("quad:N", scale=_quadrant_scale(), legend=None)
    marks = alt.Chart(alt.NamedData("marks"))
    spans = marks.transform_filter("datum.x2 > datum.x0").mark_rule(strokeWidth=2, strokeCap="round", aria=False)
    points = marks.mark_point(filled=True, stroke="var(--paper)", strokeWidth=0.7, cursor="pointer", aria=False)
    rows = alt.Chart(alt.NamedData("rows"))
    return alt.layer(
        rows.mark_rule(aria=False).encode(y=alt.Y("y:Q", axis=None), opacity=alt.value(0.25)),
        rows.mark_text(align="left", baseline="top", dx=2, dy=4, fontWeight=600, aria=False).encode(
            x=alt.value(0), y=alt.Y("y:Q", axis=None), text="label:N"
        ),
        spans.encode(
            x=alt.X("x0:T", scale=alt.Scale(type="utc", nice=False)),
            x2="x2:T",
            y=height,
            color=colour,
            strokeDash=alt.StrokeDash("line:N", scale=alt.Scale(domain=["s", "o"], range=[[1, 0], [2, 4]]), legend=None),
            opacity=alt.Opacity("span_opacity:Q", scale=None),
        ),
        points.encode(
            x=time,
            y=height,
            color=colour,
            shape=alt.Shape("quad:N", scale=alt.Scale(domain=list(QUADRANT_ORDER), range=list(_SHAPES)), legend=None),
            size=alt.Size("weight:Q", scale=alt.Scale(domain=[0, 10], range=[28, 230]), legend=None),
            opacity=alt.Opacity("opacity:Q", scale=None),
        ),
    ).properties(width="container", height=100)


def _balance() -> alt.LayerChart | alt.FacetChart:
    """Cooperation above the line, conflict below it, per period."""
    bars = (
        alt.Chart(alt.NamedData("bars"))
        .mark_bar(cursor="pointer", aria=False)
        .encode(
            x=alt.X(
                "period:O",
                sort=None,
                scale=alt.Scale(paddingInner=0.18, paddingOuter=0.1),
                axis=alt.Axis(
                    title=None,
                    labelOverlap="greedy",
                    labelAngle=0,
                    labelSeparation=18,
                    ticks=False,
                    domain=False,
                    labelPadding=8,
                ),
            ),
            y=alt.Y(
                "value:Q",
                stack="zero",
                axis=alt.Axis(
                    title=None, tickCount=5, tickMinStep=1, domain=False, ticks=False, labelExpr="format(abs(datum.value), ',')"
                ),
            ),
            color=alt.Color("quad:N", scale=_quadrant_scale(), legend=None),
            order=alt.Order("layer:Q"),
            opacity=alt.Opacity("opacity:Q", scale=None),
        )
    )
    line = alt.Chart(alt.NamedData("zero")).mark_rule(aria=False, strokeWidth=1).encode(y="value:Q")
    return alt.layer(bars, line).properties(width="container", height=280)


def _records() -> alt.LayerChart | alt.FacetChart:
    """Lanes of bands, a line and bars along time, below the acts; the page lays them out and gives each mark its colour."""
    scale = alt.Scale(type="utc", nice=False)
    time = alt.X("x:T", scale=scale, axis=alt.Axis(title=None, grid=True, labelOverlap=True, format="%Y"))
    height = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 100], nice=False, zero=False, reverse=True))
    colour = alt.Color("colour:N", scale=None)
    boxes: dict[str, Any] = {"x": alt.X("x:T", scale=scale), "x2": "x2:T", "y": alt.Y("y:Q", axis=None), "y2": "y2:Q"}
    clickable: dict[str, Any] = {"cursor": "pointer", "aria": False}
    unknown = alt.Chart(alt.NamedData("unknown")).mark_rect(fill="url(#unknown)", stroke="var(--line)", aria=False)
    # A dispute of a day is thinner than a pixel on an axis of two centuries: the outline keeps it in sight.
    bands = alt.Chart(alt.NamedData("bands")).mark_rect(strokeWidth=2, **clickable)
    line = alt.Chart(alt.NamedData("points")).mark_line(strokeWidth=1.8, aria=False)
    dots = alt.Chart(alt.NamedData("points")).mark_circle(size=22, **clickable)
    acts = alt.Chart(alt.NamedData("acts")).mark_point(filled=True, stroke="var(--paper)", strokeWidth=0.7, **clickable)
    words = alt.Chart(alt.NamedData("words"))
    heads = alt.Chart(alt.NamedData("heads"))
    opacity = alt.Opacity("opacity:Q", scale=None)
    return alt.layer(
        unknown.encode(**boxes),
        heads.mark_rule(aria=False).encode(y=alt.Y("y:Q", axis=None), opacity=alt.value(0.25)),
        alt.Chart(alt.NamedData("levels")).mark_rule(strokeDash=[2, 3], aria=False).encode(y=alt.Y("y:Q", axis=None)),
        bands.encode(**boxes, color=colour, stroke=alt.Stroke("colour:N", scale=None), opacity=opacity),
        line.encode(x=time, y=height, color=colour, detail="run:N"),
        dots.encode(x=time, y=height, color=colour, opacity=opacity),
        acts.encode(
            x=time,
            y=height,
            color=alt.Color("quad:N", scale=_quadrant_scale(), legend=None),
            shape=alt.Shape("quad:N", scale=alt.Scale(domain=list(QUADRANT_ORDER), range=list(_SHAPES)), legend=None),
            size=alt.value(60),
        ),
        words.mark_text(align="left", baseline="middle", dx=4, fontSize=11, aria=False).encode(x=time, y=height, text="text:N"),
        heads.mark_text(align="left", baseline="top", dx=2, dy=5, fontWeight=600, aria=False).encode(
            x=alt.value(0), y=alt.Y("y:Q", axis=None), text="text:N"
        ),
        alt.Chart(alt.NamedData("notes"))
        .mark_text(align="left", baseline="top", dx=2, fontSize=11, fill="var(--soft)", aria=False)
        .encode(x=alt.value(0), y=alt.Y("y:Q", axis=None), text="text:N"),
        alt.Chart(alt.NamedData("levels"))
        .mark_text(align="left", baseline="middle", dx=4, fontSize=10, fill="var(--soft)", aria=False)
        .encode(x=alt.value("width"), y=alt.Y("y:Q", axis=None), text="text:N"),
    ).properties(width="container", height=100)
