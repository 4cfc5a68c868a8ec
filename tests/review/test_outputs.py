"""What a review is written as: JSON, SARIF, Markdown and a page, from findings alone."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from typing import Any

import pytest

from verbale.core import VERDICTS, Block, Claim, Document, Evidence, Finding, Ground, Verdict
from verbale.report import (
    Balance,
    FileText,
    ReviewData,
    review_claims,
    review_facts,
    review_json,
    review_markdown,
    review_page,
    review_sarif,
)
from verbale.review import check_infos, choose_infos
from verbale.sources.text_places import find_places

TEXT = "Title <b>of</b> it\n\nThe brazen 𝔸 clerk <script>alert(1)</script> wrote *three* wars | two.\n\nAll |good|."


def make_finding(check: str, severity: str, words: str, rests: str = "") -> Finding:
    def evidence(quote: str) -> Evidence:
        start = TEXT.index(quote)
        return Evidence("id", start, start + len(quote), quote)

    return Finding(check, severity, evidence(words), f"About “{words}”.", (evidence(rests),) if rests else ())  # type: ignore[arg-type]


@pytest.fixture
def data() -> ReviewData:
    first = TEXT.index("The brazen")
    second = TEXT.index("All |")
    blocks = (Block(0, first - 2, "heading"), Block(first, second - 2), Block(second, len(TEXT)))
    findings = (
        make_finding("loaded-language", "note", "brazen"),
        make_finding("date-conflict", "error", "𝔸 clerk <script>alert(1)</script> wrote"),
        make_finding("count-arithmetic", "error", "<script>alert(1)</script> wrote *three* wars", "two"),
    )
    return ReviewData(
        Document("note", TEXT, blocks, title="A <i>title</i>", path="in/my note.txt"), findings, check_infos(), "9.9"
    )


def test_json_has_what_programs_need(data: ReviewData) -> None:
    facts = json.loads(review_json(data))
    assert facts["summary"]["findings"] == 3
    assert (facts["summary"]["errors"], facts["summary"]["warnings"], facts["summary"]["notes"]) == (2, 0, 1)
    assert facts["summary"]["by_check"]["loaded-language"] == 1
    for found in facts["findings"]:
        assert found.keys() == {"check", "severity", "start", "end", "quote", "message", "evidence"}
        assert TEXT[found["start"] : found["end"]] == found["quote"]
    assert facts["findings"][2]["evidence"] == [{"start": TEXT.index("two"), "end": TEXT.index("two") + 3, "quote": "two"}]
    assert review_json(data) == review_json(data)


def test_sarif_places_every_finding(data: ReviewData) -> None:
    log = json.loads(review_sarif(data))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["artifacts"][0]["location"]["uri"] == "in/my%20note.txt"
    lines = TEXT.split("\n")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
        at = region["charOffset"]
        assert TEXT[at : at + region["charLength"]] == region["snippet"]["text"]
    assert len(run["results"][2]["relatedLocations"]) == 1


def test_markdown_is_a_summary_in_which_nothing_of_the_text_is_markup(data: ReviewData) -> None:
    text = review_markdown(data)
    assert text.startswith("# Review: A &lt;i>title&lt;/i>\n\n3 findings: 2 errors and 1 note.\n")
    assert "| Counts and sums that do not add up (`count-arithmetic`) | error | 1 |" in text
    assert "- Line 3: “brazen”: About “brazen”." in text
    assert "<script" not in text
    assert r"\*three\*" in text
    assert "Nothing was found for: left over from a chat assistant" in text


def test_the_page_escapes_the_manuscript_and_runs_nothing_of_it(data: ReviewData) -> None:
    html = review_page(data)
    assert html.count("<script") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html.replace("</bdi></mark><mark", "")
    assert "<b>of</b>" not in html
    assert "default-src &#39;none&#39;; script-src &#39;sha256-" in html
    assert "unsafe-eval" not in html
    assert not re.search(r"(?:src|href)=[\"'](?!#)", html)


def test_overlapping_findings_keep_the_words_whole(data: ReviewData) -> None:
    html = review_page(data)
    body = html.partition("<main")[2].partition('<ol class="notes"')[0]
    body = re.sub(r"<a class=\"number .*?</a>", "", body)
    assert "The brazen 𝔸 clerk &lt;script&gt;alert(1)&lt;/script&gt; wrote *three* wars | two." in re.sub(r"<[^>]+>", "", body)
    assert 'data-findings="2 3"' in html
    assert html.count('class="note-of') == 3


def test_a_clean_text_says_so(data: ReviewData) -> None:
    clean = ReviewData(data.document, (), data.checks)
    assert "Nothing was found by 15 checks." in review_markdown(clean)
    assert "Nothing was found by 15 checks." in review_page(clean)
    assert json.loads(review_sarif(clean))["runs"][0]["results"] == []


def test_a_broken_surrogate_can_be_written() -> None:
    document = Document("x", "A brazen \ud800 text.", (Block(0, 16),))
    finding = Finding("loaded-language", "note", Evidence("id", 2, 8, "brazen"), "Words.")
    for write in (review_json, review_sarif, review_markdown, review_page):
        write(ReviewData(document, (finding,), check_infos())).encode("utf-8")


def with_claims(data: ReviewData) -> ReviewData:
    words = make_finding("claim", "note", "All |good|")
    ground = Ground("Row <i>one</i>", dataset="sipri", edition="2024", line=7, agrees=("year: 2007",), differs=("what: boats",))
    passage = Ground("A passage", document="other", passage=Evidence("other-id", 3, 9, "passage"))
    claim = Claim("event", words.evidence, {"year": "2007"})
    judged: tuple[tuple[Verdict, tuple[Ground, ...]], ...] = (("supported", (ground, passage)), ("not covered", ()))
    found = [
        Finding("claim", "note", words.evidence, "So it is.", (), claim, verdict, grounds, "by its words", 0.8)
        for verdict, grounds in judged
    ]
    return ReviewData(data.document, (*data.findings, *found), data.checks, "9.9")


def test_json_of_a_claim_has_its_verdict_and_what_it_rests_on(data: ReviewData) -> None:
    found = json.loads(review_json(with_claims(data)))["findings"][3]
    assert (found["verdict"], found["kind"], found["parts"]) == ("supported", "event", {"year": "2007"})
    assert (found["matched"], found["confidence"]) == ("by its words", 0.8)
    row, passage = found["evidence"]
    assert (row["dataset"], row["edition"], row["line"], row["agrees"]) == ("sipri", "2024", 7, ["year: 2007"])
    assert (passage["document_id"], passage["start"], passage["end"], passage["quote"]) == ("other-id", 3, 9, "passage")


def test_claim_reviews_rate_what_was_judged_and_nothing_else(data: ReviewData) -> None:
    facts = json.loads(review_claims(with_claims(data), day=datetime.date(2026, 6, 1)))
    assert facts["@context"] == "https://schema.org"
    judged, open_one = facts["@graph"]
    assert judged["@type"] == open_one["@type"] == "ClaimReview"
    assert judged["@id"] != open_one["@id"]
    assert (judged["claimReviewed"], judged["datePublished"]) == ("All |good|", "2026-06-01")
    assert judged["reviewRating"]["ratingValue"] == 5
    assert judged["reviewRating"]["alternateName"] == "supported"
    assert [work["@type"] for work in judged["isBasedOn"]] == ["Dataset", "CreativeWork"]
    assert "ratingValue" not in open_one["reviewRating"]
    assert json.loads(review_claims(data, day=datetime.date(2026, 6, 1)))["@graph"] == []


def test_the_page_shows_verdicts_and_their_rows(data: ReviewData) -> None:
    html = review_page(with_claims(data))
    assert 'data-verdict="supported"' in html
    assert "<b>1</b> not covered</button>" in html
    assert "sipri 2024, line 7: Row &lt;i&gt;one&lt;/i&gt;. Agrees: year: 2007. Differs: what: boats." in html
    assert "data-verdict" not in review_page(data).partition("<main")[2].partition("<script")[0]


def test_the_balance_of_the_account_is_shown_with_what_is_left_out(data: ReviewData) -> None:
    day = datetime.date(1977, 1, 1)
    holding = {"kind": "holding", "first_year": 1950, "last_year": 1990, "years": 4, "silent_years": 3, "event_ids": []}
    balance = Balance(
        ("Iran", "United States"),
        [
            {**holding, "holding": "document", "cooperation": 1, "conflict": 8},
            {**holding, "holding": "transfers", "cooperation": 5, "conflict": 0},
            {**holding, "holding": "other documents", "cooperation": 0, "conflict": 0},
        ],
        [
            {"kind": "omitted", "holding": "transfers", "side": "cooperation", "what": "arms, <b>", "start": day,
             "end": day.replace(month=12, day=31), "size": 740.0, "scale": "TIV", "transfers_lines": [7, 9], "event_ids": None},
            *({"kind": "omitted", "holding": "other documents", "side": "cooperation", "what": "AID USA>IRN", "start": day,
               "end": day, "size": 7.0, "scale": "Goldstein value", "transfers_lines": None, "event_ids": [event]}
              for event in ("abc", "def")),
        ],
        {"transfers": "sipri-transfers"},
        names={"USA": "United States", "IRN": "Iran"},
    )  # fmt: skip
    told = dataclasses.replace(data, balance=balance)
    text = review_markdown(told)
    assert "- Of Iran and the United States the manuscript tells 1 act of cooperation and 8 of conflict, 1950–1990." in text
    assert "the record of arms transfers (sipri-transfers) has 5 acts of cooperation and none of conflict." in text
    assert "The manuscript tells nothing of 3 of the 4 years of these acts." in text
    assert "- 1977: arms, &lt;b>, cooperation, 740 (TIV); the record of arms transfers (sipri-transfers), lines 7 and 9" in text
    assert "- 1 January 1977: aid, the United States towards Iran, cooperation, Goldstein value 7; the other documents" in text
    assert text.count("towards Iran") == 1, "the same act of two documents is one line"
    assert "event abc; event def" in text
    assert "the other documents of the ledger has" not in text
    html = review_page(told)
    assert "Balance of the account" in html
    assert "arms, &lt;b&gt;, cooperation" in html
    assert json.loads(review_json(told))["balance"]["rows"][3]["start"] == "1977-01-01"
    assert json.loads(review_json(data))["balance"] is None
    assert "Balance of the account" not in review_page(data)


def written(data: ReviewData, text: str, kept: str | None = None) -> ReviewData:
    """Return a review of a manuscript whose file has a text of its own."""
    return dataclasses.replace(data, file=FileText(text, find_places(data.document.text, text), data.document.text))


def results(data: ReviewData) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(review_sarif(data))["runs"][0]["results"]
    return found


def test_sarif_places_are_those_of_the_file(data: ReviewData) -> None:
    file = TEXT.replace("\n", "\r\n")
    for result in results(written(data, file)):
        region = result["locations"][0]["physicalLocation"]["region"]
        line = file.split("\r\n")[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
        assert file[region["charOffset"] : region["charOffset"] + region["charLength"]] == region["snippet"]["text"]
        assert TEXT[result["properties"]["start"] : result["properties"]["end"]] == region["snippet"]["text"]
    assert "- Line 3: “brazen”" in review_markdown(written(data, file))
    wrapped = TEXT.replace("clerk <script>", "clerk\n<script>").replace("\n\n", "\n\n\n")
    second = results(written(data, wrapped))[1]["locations"][0]["physicalLocation"]["region"]
    assert (second["startLine"], second["startColumn"], second["endLine"]) == (4, 12, 5)
    assert "- Line 4: “brazen”" in review_markdown(written(data, wrapped))


def test_sarif_has_no_region_where_the_file_has_other_words(data: ReviewData) -> None:
    other = results(written(data, "Something else."))
    assert all(
        result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "in/my%20note.txt", "index": 0}}}]
        for result in other
    )


def test_sarif_says_of_each_claim_what_became_of_it(data: ReviewData) -> None:
    supported, uncovered = results(with_claims(data))[3:]
    assert (supported["kind"], supported["level"]) == ("pass", "none")
    assert (uncovered["kind"], uncovered["level"]) == ("open", "none")
    assert "sipri 2024, line 7: Row <i>one</i>." in supported["message"]["text"]
    facts = supported["properties"]
    assert (facts["verdict"], facts["confidence"], facts["evidence"][0]["dataset"]) == ("supported", 0.8, "sipri")
    claims = {
        verdict: dataclasses.replace(with_claims(data).findings[3], verdict=verdict, severity="warning") for verdict in VERDICTS
    }
    told = results(dataclasses.replace(data, findings=tuple(claims.values())))
    kinds = dict(zip(VERDICTS, [(one["kind"], one["level"]) for one in told], strict=True))
    assert kinds["contradicted"] == kinds["partly"] == ("fail", "warning")
    assert kinds["uncheckable"] == ("notApplicable", "none")
    for result in results(data):
        assert (result["kind"], result["level"]) in {("fail", level) for level in ("error", "warning", "note")}


def test_a_fingerprint_stays_where_other_words_are_changed(data: ReviewData) -> None:
    def prints(text: str) -> list[str]:
        def moved(evidence: Evidence) -> Evidence:
            start = text.index(evidence.quote)
            return Evidence("id", start, start + len(evidence.quote), evidence.quote)

        document = dataclasses.replace(data.document, text=text)
        findings = tuple(
            dataclasses.replace(one, evidence=moved(one.evidence), rests_on=()) for one in with_claims(data).findings
        )
        made = dataclasses.replace(data, document=document, findings=findings)
        return [one["partialFingerprints"]["verbale/v2"] for one in results(made)]

    before = prints(TEXT)
    assert prints("A longer " + TEXT + "\n\nMore.") == before
    assert len(set(before)) == len(before)
    assert prints(TEXT.replace("Title", "Name")) == before


def test_an_artifact_has_a_uri_that_readers_of_sarif_take(data: ReviewData) -> None:
    def uri(path: str) -> str:
        made = dataclasses.replace(data, document=dataclasses.replace(data.document, path=path))
        run = json.loads(review_sarif(made))["runs"][0]
        found: str = run["artifacts"][0]["location"]["uri"]
        assert {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]} == {found}
        return found

    assert uri("-") == "stdin"
    assert uri("/texts/a b#1.txt") == "file:///texts/a%20b%231.txt"
    assert uri("C:\\texts\\a b.txt") == "file:///C:/texts/a%20b.txt"
    assert uri("./a.txt") == "a.txt"


HIDDEN = "The \u202enezarb\u202c cle\u200brk\u00adsent three w\u2066ars\u2069."


def test_what_nobody_sees_is_shown_to_readers_and_escaped_for_programs() -> None:
    quote = HIDDEN[4:12]
    found = Finding("loaded-language", "note", Evidence("id", 4, 12, quote), f"“{quote}” judges.")
    data = ReviewData(Document("x", HIDDEN, (Block(0, len(HIDDEN)),), title=HIDDEN), (found,), check_infos())
    hidden = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
    for write in (review_markdown, review_json, review_sarif, review_claims):
        assert not hidden.search(write(data)), write
    assert r"\[U+202E\]nezarb\[U+202C\]" in review_markdown(data)
    assert json.loads(review_json(data))["document"]["text"] == HIDDEN
    assert json.loads(review_json(data))["findings"][0]["quote"] == quote
    assert "[U+202E]" in results(data)[0]["message"]["text"]
    joined = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f468\u200d\U0001f469"
    assert joined in review_markdown(dataclasses.replace(data, document=dataclasses.replace(data.document, title=joined)))


def test_html_and_markdown_of_a_manuscript_are_text_in_every_part_of_the_summary(data: ReviewData) -> None:
    text = review_markdown(dataclasses.replace(with_claims(data), checks=choose_infos()))
    assert "<i>" not in text
    assert "- sipri 2024, line 7: Row &lt;i>one&lt;/i>." in text
    assert "**" not in text


def test_the_json_has_the_text_that_its_offsets_count(data: ReviewData) -> None:
    facts = json.loads(review_json(with_claims(data)))
    assert facts["document"]["text"] == TEXT
    for found in facts["findings"]:
        assert facts["document"]["text"][found["start"] : found["end"]] == found["quote"]
    assert review_facts(with_claims(data)) == facts


def test_a_claim_review_is_the_same_on_any_day_and_leads_to_its_note(data: ReviewData) -> None:
    told = json.loads(review_claims(with_claims(data)))["@graph"]
    assert all("datePublished" not in one for one in told)
    assert [one["url"] for one in told] == ["#n4", "#n5"]
    there = json.loads(review_claims(with_claims(data), url="https://example.org/r.html#top"))["@graph"]
    assert there[0]["url"] == "https://example.org/r.html#n4"
    work = told[0]["itemReviewed"]["appearance"]
    assert (work["name"], work["url"]) == ("A <i>title</i>", "my%20note.txt")
    assert told[0]["reviewRating"]["ratingExplanation"] == "Matched by its words. Confidence 0.80 of 1."
    named = dataclasses.replace(data.document, source="https://example.org/essay", path="-")
    work = json.loads(review_claims(dataclasses.replace(with_claims(data), document=named)))["@graph"][0]["itemReviewed"][
        "appearance"
    ]
    assert work["url"] == "https://example.org/essay"


# The properties that the schema of SARIF 2.1.0 (OASIS, Schemata/sarif-schema-2.1.0.json) allows in the objects that are written
# here, all of which forbid any others; and those that it requires.
SARIF: dict[str, tuple[set[str], set[str]]] = {
    "run": (
        {"tool", "columnKind", "newlineSequences", "artifacts", "results", "properties", "invocations", "language"},
        {"tool"},
    ),
    "driver": ({"name", "version", "rules", "informationUri", "properties"}, {"name"}),
    "rule": (
        {"id", "name", "shortDescription", "fullDescription", "defaultConfiguration", "help", "helpUri", "properties"},
        {"id"},
    ),
    "artifact": ({"location", "roles", "contents", "mimeType", "encoding", "length", "hashes", "properties"}, set()),
    "place": ({"uri", "uriBaseId", "index", "description", "properties"}, set()),
    "result": (
        {
            "ruleId",
            "ruleIndex",
            "kind",
            "level",
            "message",
            "locations",
            "relatedLocations",
            "partialFingerprints",
            "properties",
        },
        {"message"},
    ),
    "location": ({"id", "physicalLocation", "message", "properties"}, set()),
    "physical": ({"artifactLocation", "region", "contextRegion", "properties"}, {"artifactLocation"}),
    "region": (
        {"startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength", "snippet", "message", "properties"},
        set(),
    ),
}


def test_sarif_has_what_its_schema_allows(data: ReviewData) -> None:
    def holds(name: str, found: dict[str, Any]) -> dict[str, Any]:
        allowed, required = SARIF[name]
        assert required <= found.keys() <= allowed, (name, found.keys() - allowed)
        return found

    stdin = dataclasses.replace(with_claims(data), document=dataclasses.replace(data.document, path="-"))
    for made in (with_claims(data), stdin, written(data, TEXT.replace("\n", "\r\n")), written(data, "Other words.")):
        log = json.loads(review_sarif(made))
        assert log.keys() == {"$schema", "version", "runs"}
        (run,) = (holds("run", one) for one in log["runs"])
        assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        assert len(set(run["newlineSequences"])) == len(run["newlineSequences"]) > 0
        for rule in holds("driver", run["tool"]["driver"])["rules"]:
            assert holds("rule", rule)["defaultConfiguration"]["level"] in ("error", "warning", "note")
        for artifact in run["artifacts"]:
            assert set(holds("artifact", artifact)["roles"]) <= {"analysisTarget"}
            holds("place", artifact["location"])
        for result in run["results"]:
            holds("result", result)
            assert result["kind"] in ("notApplicable", "pass", "fail", "review", "open", "informational")
            assert (result["level"] == "none") == (result["kind"] != "fail"), "3.27.10 of the specification"
            assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
            related = [location["id"] for location in result["relatedLocations"]]
            assert len(set(related)) == len(related)
            for location in (*result["locations"], *result["relatedLocations"]):
                place = holds("physical", holds("location", location)["physicalLocation"])
                assert run["artifacts"][holds("place", place["artifactLocation"])["index"]]["location"]["uri"]
                region = holds("region", place.get("region", {}))
                assert all(region[name] >= 1 for name in region.keys() & {"startLine", "startColumn", "endLine", "endColumn"})
                assert all(region[name] >= 0 for name in region.keys() & {"charOffset", "charLength"})
