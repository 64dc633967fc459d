#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures how well a record merges reports, against composed reports with gold (compose.py).

  score.py PROGRAM [FOLDER] [--misses]   composes and adds the reports, prints the measures; exit 1 below a floor

Clusters are measured by B-cubed (Bagga and Baldwin 1998): for each mention, precision is the share of the mentions in
its cluster of the record that belong to the same thing in the gold, recall the share of the mentions of its thing in the
gold that stand in its cluster; both are averaged over mentions. A mention of the gold is found when the record has an
event of the same type, or a step of the same kind, that begins in the same sentence; if it has several, each counts as
a mention. One that is not found counts as a mention with recall 0 (and stays out of precision). Mentions that only the
record has are left out, since the gold tells only what was composed.

A history is right when the record's entry that holds most mentions of a step gives, day by day, the statuses of the gold
in their order: of one day, the status that most lines of it tell.

Half of the happenings and steps is set aside: rules are tuned on the other half alone.
"""
import collections
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import compose  # noqa: E402

FLOORS = {"happenings": 0.85, "entries": 0.80, "histories": 0.85}
FAMILY = {"RETREAT": "YIELD", "CONCEDE": "YIELD"}


def b_cubed(gold, found, chosen):
    """`gold`: element -> thing; `found`: element -> cluster, for those found; measured over `chosen` things."""
    things, clusters = collections.defaultdict(set), collections.defaultdict(set)
    for element, thing in gold.items():
        things[thing].add(element)
    for element, cluster in found.items():
        clusters[cluster].add(element)
    precision, recall, counted, all_of_them = 0.0, 0.0, 0, 0
    for element, thing in gold.items():
        if thing not in chosen:
            continue
        all_of_them += 1
        if element not in found:
            continue
        both = len(things[thing] & clusters[found[element]])
        precision += both / len(clusters[found[element]])
        recall += both / len(things[thing])
        counted += 1
    p = precision / counted if counted else 0.0
    r = recall / all_of_them if all_of_them else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def load(record, gold):
    db = sqlite3.connect(record)
    documents = {}
    for doc, name, text in db.execute("SELECT d.doc, d.id, b.text FROM document d JOIN body b ON b.doc = d.doc"):
        documents[name] = (doc, text)
    events, steps = collections.defaultdict(list), collections.defaultdict(list)
    for doc, n, start, kind, happening in db.execute(
            "SELECT e.doc, e.n, e.start, e.type, m.happening FROM event e JOIN happening_event m ON m.doc = e.doc AND m.n = e.n"):
        events[doc].append((n, start, FAMILY.get(kind, kind), happening))
    for doc, n, start, kind, entry, day, status in db.execute(
            "SELECT s.doc, s.n, s.start, s.kind, m.entry, m.day, m.status FROM step s JOIN ledger_step m ON m.doc = s.doc AND m.n = s.n"):
        steps[doc].append((n, start, kind, entry, day, status))
    result = {"event": ({}, {}), "step": ({}, {})}
    missed = []
    for number, mention in enumerate(gold["mentions"]):
        doc, text = documents[mention["document"]]
        start = len(text[:mention["start"]].encode())
        end = len(text[:mention["end"]].encode())
        layer = mention["layer"]
        wanted = mention["type"] if layer == "event" else mention["kind"]
        here = [x for x in (events if layer == "event" else steps)[doc] if start <= x[1] < end and x[2] == wanted]
        things, clusters = result[layer]
        for item in here:
            things[(doc, item[0])] = mention["of"]
            clusters[(doc, item[0])] = item[3]
        if not here:
            things[("missed", number)] = mention["of"]
            missed.append((mention, text[mention["start"]:mention["end"]]))
    lines = collections.defaultdict(list)
    for doc, n, entry, day, status in db.execute("SELECT doc, n, entry, day, status FROM ledger_step ORDER BY day, doc, n"):
        lines[entry].append(((doc, n), day, status))
    return result, missed, lines


def history_of(lines):
    """Of each day the status that most lines tell; a status that goes on is told once."""
    days = collections.defaultdict(collections.Counter)
    for _, day, status in lines:
        days[day][status] += 1
    told = []
    for day in sorted(days, key=str):
        status = days[day].most_common(1)[0][0]
        if not told or told[-1][1] != status:
            told.append((day, status))
    return told


def right_histories(gold, result, lines, chosen, wrong):
    things, clusters = result["step"]
    right = 0
    for step in chosen:
        votes = collections.Counter(clusters[x] for x, thing in things.items() if thing == step and x in clusters)
        told = history_of(lines[votes.most_common(1)[0][0]]) if votes else []
        wanted = [tuple(x) for x in gold["stories"][step]]
        if told == wanted:
            right += 1
        else:
            wrong.append((step, wanted, told))
    return right / len(chosen) if chosen else 0.0


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    program = os.path.abspath(arguments[0])
    folder = arguments[1] if len(arguments) > 1 else tempfile.mkdtemp(prefix="khutwa-merge-")
    os.makedirs(folder, exist_ok=True)
    reports, gold = compose.compose()
    with open(os.path.join(folder, "reports.jsonl"), "w", encoding="utf-8") as out:
        out.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in reports)
    record = os.path.join(folder, "merge.khutwa")
    for name in (record, record + "-wal", record + "-shm"):
        if os.path.exists(name):
            os.remove(name)
    subprocess.run([program, "add", record, "--user", "score", os.path.join(folder, "reports.jsonl")], check=True,
                   stdout=subprocess.DEVNULL)
    result, missed, lines = load(record, gold)
    aside = set(gold["aside"])
    failed = False
    halves = [("tuned", lambda x: x not in aside), ("aside", lambda x: x in aside), ("all", lambda x: True)]
    for half, keep in halves:
        happenings = {x for x in result["event"][0].values() if keep(x)}
        entries = {x for x in result["step"][0].values() if keep(x)}
        wrong = []
        measures = {
            "happenings": b_cubed(*result["event"], happenings),
            "entries": b_cubed(*result["step"], entries),
            "histories": (right_histories(gold, result, lines, sorted(entries), wrong),) * 3,
        }
        for name, (p, r, f) in measures.items():
            low = f < FLOORS[name]
            failed |= low and half != "tuned"
            count = len(happenings if name == "happenings" else entries)
            detail = f"  precision {p:.3f}  recall {r:.3f}" if name != "histories" else ""
            print(f"# {half:6}{name:11}{f:.3f}  (floor {FLOORS[name]:.2f}, {count} of them){detail}{'  BELOW' if low else ''}")
        if "--misses" in sys.argv and half == "tuned":
            show(gold, result, missed, wrong, aside, record)
    sys.exit(failed)


def show(gold, result, missed, wrong, aside, record):
    for mention, text in missed:
        if mention["of"] not in aside:
            print("not found:", mention["document"], mention["of"], mention.get("type") or mention["kind"], text)
    for layer, noun in (("event", "happening"), ("step", "entry")):
        things, clusters = result[layer]
        by_thing, by_cluster = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
        for element, cluster in clusters.items():
            by_thing[things[element]][cluster] += 1
            by_cluster[cluster][things[element]] += 1
        for thing, counts in sorted(by_thing.items()):
            if thing not in aside and len(counts) > 1:
                print("split", thing, {f"{c >> 20}.{c & 0xFFFFF}": k for c, k in counts.items()})
        for cluster, counts in sorted(by_cluster.items()):
            if len(counts) > 1 and any(x not in aside for x in counts):
                print("mixed", noun, f"{cluster >> 20}.{cluster & 0xFFFFF}", dict(counts))
    for step, wanted, told in wrong:
        print("history", step, "\n   wanted", wanted, "\n   told  ", told)


if __name__ == "__main__":
    main()
