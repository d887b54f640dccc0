#!/usr/bin/env python3
# The contract's scorer of golden stories, verbatim but for this line.
"""Score a comparison (see comparison.schema.json) against a golden story.

    python bench/score_synopsis.py STORY_DIR comparison.json [--texts DIR]
    python bench/score_synopsis.py --all DIR --command 'retold compare {files} --format json'
    python bench/score_synopsis.py --check DIR [--texts DIR]

A story folder holds `gold.json`, one `<report>.txt` for each report and, where the
date of publication matters, `<report>.json` beside it. `--texts` names another
folder for the report texts. `--check` proves that the gold is well formed: every
anchor occurs exactly once in its report, and every reference leads somewhere.

Anchors are substrings of a report. A span of the output stands for an anchor when
they overlap by at least half of the shorter of the two.

What is counted
  links        pairs of anchors of different reports in one row. Recall: share of the
               gold pairs found. Precision: share of the output's span pairs that hold
               a gold pair; pairs that are only optional, or that touch text without an
               anchor, are not judged. A span over more than three anchors is judged
               anchor by anchor.
               Sides of one group agree; without groups every side stands alone.
  gaps         claims that one report alone tells: is there a row of status `only`?
               Accuracy is over those claims. Precision also counts the claims told by
               several reports that the output has in rows of status `only` alone.
  roles        title, body, credit, boilerplate, for each anchor.
  commentary   anchors of the body in rows of kind `commentary`.
  differences  a predicted difference matches a gold one when the types agree and its
               sides touch the gold texts of two reports on different sides of the
               difference. Recall counts substantive gold differences that a
               substantive prediction matches (`found` = at any weight). Precision
               counts substantive predictions. Not judged: minor predictions; those
               that match an optional difference, or a gold one that is minor because
               approximated or dropped; `dropped` ones of type quantity, time or name
               (the gold does not list every detail that a report leaves out); those
               with a side in a title; those that only restate a gold difference: a
               swapped speaker told as a name or an attribution, or a word of a quote
               that the gold calls cut or reworded. A gold difference may allow a second
               type (`also`): a duration is a time or a quantity.
  must_not     traps: links and substantive differences that must not be there.
  quotes       gold quotes found among the mentions, and with the right speaker.
  lineage      relation (strict; lenient = an accepted second best too) and direction.
"""
import argparse
import itertools
import json
import pathlib
import re
import shlex
import subprocess
import sys
import unicodedata
from collections import Counter

DIFFERENCE_TYPES = ["quantity", "time", "name", "quote", "speaker", "attribution", "hedge", "negation"]
UNJUDGED_TYPES = {"wording", "detail"}  # in the schema, not in the gold
UNSETTLED = {"updated", "unresolved"}   # never a claim that the reports contradict each other
CHANGES = {"conflict", "dropped", "cut", "reworded", "approximated", "variant", None}
SIBLINGS = ("name", "speaker", "attribution")
RELATIONS = {"copy", "translation", "rewrite", "common_source", "independent", "unrelated"}
WIDE = 3  # a span over more anchors than this is judged anchor by anchor


# ---------------------------------------------------------------- the gold

class Story:
    def __init__(self, folder, texts=None):
        self.folder = pathlib.Path(folder)
        self.texts_folder = pathlib.Path(texts) if texts else self.folder
        self.name = self.folder.name
        self.gold = json.loads((self.folder / "gold.json").read_text("utf-8"))
        self.reports = list(self.gold["anchors"])
        self.files = [self.texts_folder / f"{report}.txt" for report in self.reports]
        self.texts = {r: f.read_bytes().decode("utf-8") for r, f in zip(self.reports, self.files)}
        self.sidecars = {}
        for report in self.reports:
            sidecar = self.texts_folder / f"{report}.json"
            if sidecar.exists():
                self.sidecars[report] = json.loads(sidecar.read_text("utf-8"))

    def anchor(self, reference):
        report, name = reference.split(":", 1)
        return self.gold["anchors"][report][name]

    def core_pairs(self):
        return {frozenset(p) for row in self.gold["rows"] for p in itertools.combinations(row, 2)
                if report_of(p[0]) != report_of(p[1])}

    def optional_pairs(self):
        return {frozenset(p) for p in self.gold["optional"]} - self.core_pairs()

    def told_once(self):
        """Anchors of claims that one report alone tells, beyond doubt."""
        doubtful = {a for pair in self.gold["optional"] for a in pair}
        return [a for row in self.gold["rows"] if len({report_of(a) for a in row}) == 1
                for a in row if a not in doubtful]

    def role(self, report, name):
        return set(self.gold["roles"].get(report, {}).get(name, "body").split("|"))

    def kind(self, report, name):
        return self.gold["kinds"].get(report, {}).get(name)


def report_of(reference):
    return reference.split(":", 1)[0]


def check_story(story):
    """Faults of the gold, as lines of text."""
    gold, faults = story.gold, []

    def fault(*words):
        faults.append(f"{story.name}: " + " ".join(map(str, words)))

    known = set()
    for report, anchors in gold["anchors"].items():
        for name, text in anchors.items():
            known.add(f"{report}:{name}")
            times = count_overlapping(story.texts[report], text)
            if times != 1:
                fault(f"anchor {report}:{name} occurs {times} times: {text[:60]!r}")
    for row in gold["rows"] + gold["optional"]:
        for reference in row:
            if reference not in known:
                fault("no such anchor", reference)
    core = story.core_pairs()
    for pair in gold["optional"]:
        if frozenset(pair) in core:
            fault("optional pair is in a row", pair)
        if len({report_of(a) for a in pair}) != 2:
            fault("optional pair within one report", pair)
    for section, allowed in (("roles", {"title", "body", "credit", "boilerplate"}), ("kinds", {"commentary", "either"})):
        for report, entries in gold[section].items():
            for name, value in entries.items():
                if f"{report}:{name}" not in known or not set(value.split("|")) <= allowed:
                    fault(section, report, name, value)
    for entry in gold["differences"] + gold.get("differences_optional", []):
        if not {entry["type"], *entry.get("also", [])} <= set(DIFFERENCE_TYPES) or entry["change"] not in CHANGES:
            fault("difference", entry)
        grouped = [r for group in entry["groups"] for r in group]
        if sorted(grouped) != sorted(entry["sides"]):
            fault("groups do not cover the sides", entry)
        for report, text in entry["sides"].items():
            if text is not None and gold_side(story, entry, report, story.texts) is None:
                fault("side not found once", report, repr(text))
    for entry in gold["differences"]:
        if len(entry["groups"]) < 2 or entry["weight"] not in ("substantive", "minor"):
            fault("difference", entry)
    for entry in gold["must_not"]:
        if entry["type"] not in DIFFERENCE_TYPES + ["link"]:
            fault("must_not", entry)
        for reference in entry["anchors"]:
            if reference not in known:
                fault("must_not: no such anchor", reference)
        for report, text in entry.get("sides", {}).items():
            if gold_side(story, entry, report, story.texts) is None:
                fault("must_not: side not found once", report, repr(text))
        if entry["type"] == "link":
            for pair in itertools.combinations(entry["anchors"], 2):
                if frozenset(pair) in core | story.optional_pairs():
                    fault("must_not link is allowed elsewhere", pair)
    for quote in gold["quotes"]:
        if count_overlapping(story.texts[quote["report"]], quote["text"]) != 1:
            fault("quote does not occur once", quote["report"], repr(quote["text"]))
    pairs = [frozenset((e["a"], e["b"])) for e in gold["lineage"]]
    wanted = [frozenset(p) for p in itertools.combinations(story.reports, 2)]
    if sorted(map(sorted, pairs)) != sorted(map(sorted, wanted)):
        fault("lineage does not have each pair once")
    for entry in gold["lineage"]:
        if not {entry["relation"], *entry.get("accept", [])} <= RELATIONS:
            fault("lineage", entry)
        if (entry["relation"] in ("copy", "translation", "rewrite")) != (entry["direction"] is not None):
            fault("lineage direction", entry)
    for report, sidecar in story.sidecars.items():
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", sidecar["published"]):
            fault("published is not RFC 3339 with time zone", report)
        if story.texts[report].split("\n", 1)[0] != sidecar["title"]:
            fault("title of sidecar and text differ", report)
    return faults


def count_overlapping(text, part):
    return sum(text.startswith(part, i) for i in range(len(text) - len(part) + 1))


def find_once(text, part, start=0, end=None):
    """Where `part` stands in text[start:end], or None unless exactly once. White space is flexible."""
    inside = text[start:end]
    if inside.count(part) == 1:
        at = start + inside.index(part)
        return at, at + len(part)
    pattern = r"\s+".join(map(re.escape, part.split()))
    hits = list(re.finditer(pattern, inside)) if pattern and inside.count(part) == 0 else []
    return (start + hits[0].start(), start + hits[0].end()) if len(hits) == 1 else None


def gold_side(story, entry, report, texts):
    """Span of one side of a gold difference (or trap): within the row's anchors, else in the whole text."""
    part, text = entry["sides"][report], texts[report]
    hits = []
    row = story.gold["rows"][entry["row"]] if "row" in entry else entry.get("anchors", [])
    for reference in row:
        if report_of(reference) == report:
            where = find_once(text, story.anchor(reference))
            hit = where and find_once(text, part, *where)
            if hit:
                hits.append(hit)
    return hits[0] if len(hits) == 1 else find_once(text, part)


# ---------------------------------------------------------------- the output

def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def same(a, b):
    """Two spans stand for the same text: they overlap by half of the shorter."""
    shorter = min(a[1] - a[0], b[1] - b[0])
    return shorter > 0 and 2 * overlap(a, b) >= shorter


def span_of(item):
    return (item["start"], item["end"])


class Output:
    """A comparison, with its article ids turned into the story's report names."""

    def __init__(self, story, comparison):
        self.story, self.warnings = story, []
        self.articles, self.report = {}, {}
        for article in comparison.get("articles", []):
            name = self.recognise(article)
            if name is None or name in self.articles:
                self.warnings.append(f"article {article.get('id')!r} is no report of this story")
                continue
            self.articles[name], self.report[article["id"]] = article, name
        self.texts = {name: article["text"] for name, article in self.articles.items()}
        self.anchors = {}  # report -> [(name, span)]
        for report, anchors in story.gold["anchors"].items():
            places = []
            for name, part in anchors.items():
                where = find_once(self.texts[report], part) if report in self.texts else None
                if where:
                    places.append((name, where))
                elif report in self.texts:
                    self.warnings.append(f"anchor {report}:{name} is not in the article's text")
            self.anchors[report] = places
        self.place = {f"{r}:{n}": w for r, places in self.anchors.items() for n, w in places}
        self.rows = []  # (row, {report: [span]})
        for row in comparison.get("rows", []):
            cells = {}
            for cell in row.get("cells", []):
                if cell["article"] in self.report:
                    cells.setdefault(self.report[cell["article"]], []).extend(map(span_of, cell["spans"]))
            self.rows.append((row, cells))
        lineage = comparison.get("lineage", [])
        pairs = lineage.get("pairs", []) if isinstance(lineage, dict) else lineage
        self.lineage = [dict(e, a=self.report[e["a"]], b=self.report[e["b"]]) for e in pairs
                        if e["a"] in self.report and e["b"] in self.report]

    def recognise(self, article):
        story, text = self.story, article.get("text", "")
        for report in story.reports:
            if text.strip() and text.strip() == story.texts[report].strip():
                return report
        identity = str(article.get("id", ""))
        for report in story.reports:
            if identity == report or pathlib.PurePath(identity).stem == report:
                return report
            if story.sidecars.get(report, {}).get("url") in (identity, article.get("url")):
                return report
        return next((r for r in story.reports if text.strip() and text.strip() in story.texts[r]), None)

    def anchors_at(self, report, span):
        return [f"{report}:{name}" for name, where in self.anchors[report] if same(span, where)]

    def differences(self):
        """Predicted differences; each side is a span, or None where the side lacks the thing.

        `grouped[report]` is the side's group (sides of one group agree), or the report itself where none is given.
        """
        for row, _ in self.rows:
            for entry in row.get("differences", []):
                if entry["type"] in UNJUDGED_TYPES:
                    continue
                sides, values, grouped = {}, {}, {}
                for side in entry["sides"]:
                    report = self.report.get(side["article"])
                    if report is None:
                        continue
                    there = side.get("start") is not None and side.get("end") is not None
                    sides[report] = span_of(side) if there else None
                    values[report] = side.get("value")
                    grouped[report] = report if side.get("group") is None else side["group"]
                yield entry, sides, values, grouped


# ---------------------------------------------------------------- scoring

def score(story, comparison):
    """(Counter of what was found, warnings). Every rate is computed from the counts, so that stories add up."""
    output, n = Output(story, comparison), Counter()
    score_links(story, output, n)
    score_gaps(story, output, n)
    score_roles(story, output, n)
    score_commentary(story, output, n)
    score_differences(story, output, n)
    score_quotes(story, output, n)
    score_lineage(story, output, n)
    n["stories"] += 1
    return n, output.warnings


def span_pairs(output):
    """Each pair of spans of different reports that share a row, once."""
    seen = set()
    for _, cells in output.rows:
        for a, b in itertools.combinations(sorted(cells), 2):
            for s, t in itertools.product(cells[a], cells[b]):
                if (a, s, b, t) not in seen:
                    seen.add((a, s, b, t))
                    yield output.anchors_at(a, s), output.anchors_at(b, t)


def score_links(story, output, n):
    core, optional, found = story.core_pairs(), story.optional_pairs(), set()
    traps = {frozenset(p): e["why"] for e in story.gold["must_not"] if e["type"] == "link"
             for p in itertools.combinations(e["anchors"], 2)}
    sprung = set()
    for left, right in span_pairs(output):
        pairs = {frozenset(p) for p in itertools.product(left, right)}
        hits = pairs & core
        found |= hits
        if not pairs:
            n["links_unanchored"] += 1
        elif len(left) > WIDE or len(right) > WIDE:
            n["links_right"] += len(hits)
            n["links_wrong"] += len(pairs - core - optional)
        elif hits:
            n["links_right"] += 1
        elif pairs & optional:
            n["links_optional"] += 1
        else:
            n["links_wrong"] += 1
        if not hits:
            sprung |= pairs & set(traps)
    n["links_gold"] += len(core)
    n["links_found"] += len(found)
    n["must_not"] += len(traps)
    n["must_not_violated"] += len(sprung)


def score_gaps(story, output, n):
    alone = [(report, span) for row, cells in output.rows if row.get("status") == "only"
             for report, spans in cells.items() for span in spans]
    for reference in story.told_once():
        n["gaps"] += 1
        where = output.place.get(reference)
        n["gaps_right"] += bool(where) and any(r == report_of(reference) and same(where, s) for r, s in alone)
    for reference in {a for pair in story.core_pairs() for a in pair}:
        where, report = output.place.get(reference), report_of(reference)
        told = {row.get("status") for row, cells in output.rows if where and any(same(where, s) for s in cells.get(report, []))}
        n["gaps_false"] += told == {"only"}
    certain = [(report, span) for row, cells in output.rows
               if row.get("status") == "only" and all(gap.get("certain") for gap in row.get("gaps", []))
               for report, spans in cells.items() for span in spans]
    is_certain = lambda reference: reference in output.place and any(  # noqa: E731
        r == report_of(reference) and same(output.place[reference], s) for r, s in certain)
    n["certain_right"] += sum(map(is_certain, story.told_once()))
    n["certain_false"] += sum(map(is_certain, {a for pair in story.core_pairs() for a in pair}))


def score_roles(story, output, n):
    for report, anchors in story.gold["anchors"].items():
        passages = output.articles.get(report, {}).get("passages", [])
        for name in anchors:
            allowed, where = story.role(report, name), output.place.get(f"{report}:{name}")
            best = max(passages, key=lambda p: overlap(span_of(p), where), default=None) if where else None
            right = bool(best) and overlap(span_of(best), where) > 0 and best["role"] in allowed
            gold = sorted(allowed)[0] if len(allowed) == 1 else "either"
            n[f"role_{gold}"] += 1
            n[f"role_{gold}_right"] += right


def score_commentary(story, output, n):
    for report, anchors in story.gold["anchors"].items():
        for name in anchors:
            kind = story.kind(report, name)
            if kind == "either" or "body" not in story.role(report, name):
                continue
            where = output.place.get(f"{report}:{name}")
            kinds = {row.get("kind") for row, cells in output.rows if where
                     for span in cells.get(report, []) if same(span, where)}
            predicted = kinds == {"commentary"}
            n["commentary_gold"] += kind == "commentary"
            n["commentary_predicted"] += predicted
            n["commentary_right"] += predicted and kind == "commentary"


def matches(story, output, gold, kind, sides, values, grouped):
    """Does a prediction of type `kind` hit two reports on different sides of a gold difference?"""
    if kind not in (gold["type"], *gold.get("also", [])):
        return False
    group_of = {report: i for i, group in enumerate(gold["groups"]) for report in group}
    hit = set()
    for report, part in gold["sides"].items():
        if report not in sides or report not in output.texts:
            continue
        told = [output.place[a] for a in story.gold["rows"][gold["row"]]
                if report_of(a) == report and a in output.place]
        span = sides[report]
        if part is None:
            inside = span is not None and any(overlap(span, where) for where in told)
            if span is None or (inside and (values[report] is None or kind == "negation")):
                hit.add(report)
        elif span is not None:
            where = gold_side(story, gold, report, output.texts)
            if where and overlap(span, where):
                hit.add(report)
    return any(group_of[a] != group_of[b] and grouped[a] != grouped[b] and (gold["sides"][a], gold["sides"][b]) != (None, None)
               for a, b in itertools.combinations(sorted(hit), 2))


def touches(story, output, gold, kind, sides):
    """Does a prediction touch any text of an optional difference of its type?"""
    return kind == gold["type"] and any(
        part is not None and sides.get(report) and report in output.texts
        and (where := gold_side(story, gold, report, output.texts)) and overlap(sides[report], where)
        for report, part in gold["sides"].items())


def restates(story, output, gold, kind, sides, values, grouped):
    """Is a prediction a gold difference once more: under a sibling type, or a word within a changed quote?"""
    if kind in SIBLINGS and gold["type"] in SIBLINGS:
        return matches(story, output, gold, gold["type"], sides, values, grouped)
    if gold["type"] != "quote" or kind in ("quote", "speaker"):
        return False
    return any(
        part is not None and sides.get(report) and report in output.texts
        and (where := gold_side(story, gold, report, output.texts)) and overlap(sides[report], where)
        for report, part in gold["sides"].items())


def springs(story, output, trap, kind, sides, grouped):
    """Does a prediction name two reports of a trap?"""
    if kind != trap["type"]:
        return False
    hit = set()
    for report, span in sides.items():
        if span is None:
            continue
        if "sides" in trap:
            places = [gold_side(story, trap, report, output.texts)] if report in trap["sides"] else []
        else:
            places = [output.place.get(a) for a in trap["anchors"] if report_of(a) == report]
        if any(place and overlap(span, place) for place in places):
            hit.add(report)
    return len({grouped[report] for report in hit}) > 1


def score_differences(story, output, n):
    gold = story.gold["differences"]
    optional = story.gold.get("differences_optional", [])
    traps = [e for e in story.gold["must_not"] if e["type"] != "link"]
    titles = {report: [output.place[f"{report}:{name}"] for name in anchors
                       if f"{report}:{name}" in output.place and story.role(report, name) == {"title"}]
              for report, anchors in story.gold["anchors"].items()}
    found, strict, exact, sprung = set(), set(), set(), set()
    for entry, sides, values, grouped in output.differences():
        kind, change = entry["type"], entry.get("change")
        substantive = (entry.get("weight") == "substantive" and entry.get("certainty") != "possible"
                       and change not in UNSETTLED)
        hits = [i for i, g in enumerate(gold) if matches(story, output, g, kind, sides, values, grouped)]
        found.update(hits)
        exact.update(i for i in hits if gold[i]["change"] == change)
        if not substantive:
            continue
        strict.update(hits)
        right = any(gold[i]["weight"] == "substantive" for i in hits)
        if not right:
            sprung.update(i for i, t in enumerate(traps) if springs(story, output, t, kind, sides, grouped))
        in_title = any(span and any(overlap(span, t) for t in titles[r]) for r, span in sides.items())
        soft = any(gold[i]["change"] in ("approximated", "dropped") for i in hits)
        if right:
            kind = next(gold[i]["type"] for i in hits if gold[i]["weight"] == "substantive")
            n[f"difference_{kind}_right"] += 1
        elif (soft or in_title or any(touches(story, output, g, kind, sides) for g in optional)
                or any(restates(story, output, g, kind, sides, values, grouped) for g in gold)
                or (change == "dropped" and kind in ("quantity", "time", "name"))):
            n["differences_unjudged"] += 1
        else:
            n[f"difference_{kind}_wrong"] += 1
    for i, g in enumerate(gold):
        if g["weight"] == "substantive":
            n[f"difference_{g['type']}_gold"] += 1
            n[f"difference_{g['type']}_recalled"] += i in strict
            n[f"difference_{g['type']}_found"] += i in found
        else:
            n["minor_gold"] += 1
            n["minor_found"] += i in found
    n["change_judged"] += len(found)
    n["change_right"] += len(exact)
    n["must_not"] += len(traps)
    n["must_not_violated"] += len(sprung)


def plain(text):
    """Lower case without accents, for names."""
    decomposed = unicodedata.normalize("NFKD", text or "")
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def score_quotes(story, output, n):
    for quote in story.gold["quotes"]:
        n["quotes"] += 1
        report = quote["report"]
        where = find_once(output.texts[report], quote["text"]) if report in output.texts else None
        mentions = [] if not where else [
            m for row, _ in output.rows for cell in row.get("cells", []) if output.report.get(cell["article"]) == report
            for m in cell.get("mentions", []) if m["type"] == "quote" and same(span_of(m), where)]
        if not mentions:
            continue
        n["quotes_found"] += 1
        best = max(mentions, key=lambda m: (overlap(span_of(m), where), bool(m.get("speaker"))))
        speaker = best.get("speaker") or {}
        said = plain(speaker.get("name") or speaker.get("text"))
        if quote["speaker"] is None:
            n["quotes_right"] += not said
        else:
            n["quotes_right"] += any(plain(form) in said for form in quote["accept"])


def score_lineage(story, output, n):
    predicted = {}
    for entry in output.lineage:
        predicted[(entry["a"], entry["b"])] = (entry["relation"], entry.get("direction"))
        turned = {"a_to_b": "b_to_a", "b_to_a": "a_to_b"}.get(entry.get("direction"))
        predicted[(entry["b"], entry["a"])] = (entry["relation"], turned)
    for entry in story.gold["lineage"]:
        relation, direction = predicted.get((entry["a"], entry["b"]), (None, None))
        n["lineage"] += 1
        n["lineage_right"] += relation == entry["relation"]
        n["lineage_lenient"] += relation in (entry["relation"], *entry.get("accept", []))
        if entry["direction"]:
            n["direction"] += 1
            n["direction_right"] += direction == entry["direction"]
        else:
            n["direction_invented"] += direction is not None


# ---------------------------------------------------------------- reporting

def rate(part, whole):
    return round(part / whole, 3) if whole else None


def f1(precision, recall):
    if precision is None or recall is None:
        return None
    return round(2 * precision * recall / (precision + recall), 3) if precision + recall else 0.0


def summary(n):
    links_p = rate(n["links_right"], n["links_right"] + n["links_wrong"])
    links_r = rate(n["links_found"], n["links_gold"])
    comment_p, comment_r = rate(n["commentary_right"], n["commentary_predicted"]), rate(n["commentary_right"], n["commentary_gold"])
    roles = ["title", "body", "credit", "boilerplate"]
    types = {}
    total = Counter()
    for kind in DIFFERENCE_TYPES:
        c = {key: n[f"difference_{kind}_{key}"] for key in ("gold", "recalled", "found", "right", "wrong")}
        total.update(c)
        types[kind] = difference_rates(c)
    return {
        "stories": n["stories"],
        "links": {"precision": links_p, "recall": links_r, "f1": f1(links_p, links_r), "gold": n["links_gold"],
                  "wrong": n["links_wrong"], "unanchored": n["links_unanchored"]},
        "gaps": {"accuracy": rate(n["gaps_right"], n["gaps"]), "precision": rate(n["gaps_right"], n["gaps_right"] + n["gaps_false"]),
                 "gold": n["gaps"], "false": n["gaps_false"],
                 "certain_precision": rate(n["certain_right"], n["certain_right"] + n["certain_false"]),
                 "certain": n["certain_right"] + n["certain_false"]},
        "roles": {"accuracy": rate(sum(n[f"role_{r}_right"] for r in roles + ["either"]), sum(n[f"role_{r}"] for r in roles + ["either"])),
                  **{r: rate(n[f"role_{r}_right"], n[f"role_{r}"]) for r in roles}},
        "commentary": {"precision": comment_p, "recall": comment_r, "f1": f1(comment_p, comment_r), "gold": n["commentary_gold"]},
        "differences": {"all": difference_rates(total), **types},
        "minor": {"found": n["minor_found"], "gold": n["minor_gold"]},
        "change": {"accuracy": rate(n["change_right"], n["change_judged"])},
        "must_not": {"violations": n["must_not_violated"], "traps": n["must_not"]},
        "quotes": {"speaker_accuracy": rate(n["quotes_right"], n["quotes"]), "found": rate(n["quotes_found"], n["quotes"]), "gold": n["quotes"]},
        "lineage": {"relation": rate(n["lineage_right"], n["lineage"]), "lenient": rate(n["lineage_lenient"], n["lineage"]),
                    "direction": rate(n["direction_right"], n["direction"]), "invented": n["direction_invented"], "gold": n["lineage"]},
    }


def difference_rates(c):
    precision, recall = rate(c["right"], c["right"] + c["wrong"]), rate(c["recalled"], c["gold"])
    return {"precision": precision, "recall": recall, "f1": f1(precision, recall), "found": rate(c["found"], c["gold"]),
            "gold": c["gold"], "wrong": c["wrong"]}


def table(name, s):
    def show(value):
        return "    -" if value is None else f"{value:5.3f}" if isinstance(value, float) else f"{value:5d}"

    lines = [f"== {name}"]
    for key in ("links", "commentary"):
        lines.append(f"{key:22} P {show(s[key]['precision'])}  R {show(s[key]['recall'])}  F1 {show(s[key]['f1'])}  gold {s[key]['gold']}")
    lines.append(f"{'gaps (told once)':22} {show(s['gaps']['accuracy'])}  P {show(s['gaps']['precision'])}  gold {s['gaps']['gold']}  false {s['gaps']['false']}")
    lines.append(f"{'roles':22} {show(s['roles']['accuracy'])}  " +
                 "  ".join(f"{r} {show(s['roles'][r])}" for r in ("title", "body", "credit", "boilerplate")))
    for key, d in s["differences"].items():
        if d["gold"] or d["wrong"]:
            lines.append(f"{'differences: ' + key:22} P {show(d['precision'])}  R {show(d['recall'])}  F1 {show(d['f1'])}  "
                         f"found {show(d['found'])}  gold {d['gold']}  wrong {d['wrong']}")
    lines.append(f"{'minor differences':22} {s['minor']['found']} of {s['minor']['gold']} found; change right {show(s['change']['accuracy'])}")
    lines.append(f"{'must_not':22} {s['must_not']['violations']} of {s['must_not']['traps']} traps sprung")
    lines.append(f"{'quote speakers':22} {show(s['quotes']['speaker_accuracy'])}  quotes found {show(s['quotes']['found'])}  gold {s['quotes']['gold']}")
    lines.append(f"{'lineage':22} relation {show(s['lineage']['relation'])}  lenient {show(s['lineage']['lenient'])}  "
                 f"direction {show(s['lineage']['direction'])}  invented {s['lineage']['invented']}  gold {s['lineage']['gold']}")
    return "\n".join(lines)


def story_folders(folder):
    return sorted(path.parent for path in pathlib.Path(folder).glob("*/gold.json"))


def run_command(command, story, timeout):
    """Run the command on a story; an empty comparison and the reason when that fails."""
    words = []
    for word in shlex.split(command):
        words += [str(f) for f in story.files] if word == "{files}" else [word]
    try:
        done = subprocess.run(words, capture_output=True, timeout=timeout)
        if done.returncode:
            return {}, f"exit status {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()[-300:]}"
        return json.loads(done.stdout.decode("utf-8")), None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return {}, f"{type(error).__name__}: {error}"


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("story", nargs="?", help="story folder")
    parser.add_argument("comparison", nargs="?", help="comparison JSON (- for standard input)")
    parser.add_argument("--all", metavar="DIR", help="every story folder in DIR")
    parser.add_argument("--check", metavar="DIR", help="check the gold of DIR, or of every story folder in it")
    parser.add_argument("--command", help="prints a comparison; {files} stands for the report paths")
    parser.add_argument("--texts", metavar="DIR", help="folder of the report texts, if not the story folder")
    parser.add_argument("--timeout", type=float, default=600, help="seconds a story (default 600)")
    options = parser.parse_args(arguments)

    if options.check:
        folders = story_folders(options.check) or [pathlib.Path(options.check)]
        stories = [Story(folder, options.texts) for folder in folders]
        faults = [line for story in stories for line in check_story(story)]
        print("\n".join(faults) or f"{len(stories)} stories, no fault")
        return 1 if faults else 0
    if options.all:
        if not options.command:
            parser.error("--all needs --command")
        total, failed = Counter(), []
        for folder in story_folders(options.all):
            story = Story(folder)
            comparison, error = run_command(options.command, story, options.timeout)
            counts, warnings = score(story, comparison)
            total += counts
            print(table(story.name, summary(counts)))
            for line in ([f"failed: {error}"] if error else []) + (warnings[:5] if not error else []):
                print("  !", line)
            failed += [story.name] if error else []
        result = summary(total)
        print(table("all stories", result))
        print(json.dumps({"story": "all", "failed": failed, **result}, ensure_ascii=False))
        return 0
    if not (options.story and options.comparison):
        parser.error("give STORY_DIR and comparison.json, or --all, or --check")
    story = Story(options.story, options.texts)
    text = sys.stdin.read() if options.comparison == "-" else pathlib.Path(options.comparison).read_text("utf-8")
    counts, warnings = score(story, json.loads(text))
    result = summary(counts)
    print(table(story.name, result))
    for line in warnings:
        print("  !", line)
    print(json.dumps({"story": story.name, **result}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
