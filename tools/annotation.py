#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Annotation of reports without their text: labels, and where they stand.

  annotation.py pack GOLD.json...                     one line of JSON a report, on standard output
  annotation.py join SAMPLE.jsonl LABELS.jsonl FOLDER  puts labels and the reports of the sample together again,
                                                      one gold file a report

A place in a text is [paragraph, start, end]: code points of that paragraph (a line of the text that is not blank), the title being paragraph 0. A report is
known by its id and by the beginning of the SHA-256 digest of its title and text; another text under the same id is an error."""
import hashlib, json, os, sys

def parts(title, paragraphs): return [title or ""] + paragraphs

def digest(title, paragraphs): return hashlib.sha256("\n\n".join(parts(title, paragraphs)).encode()).hexdigest()[:16]

def is_ref(x): return isinstance(x, list) and len(x) in (2, 3) and isinstance(x[0], int) and isinstance(x[1], str)

def place_of(text, ref):
    at = -1
    for _ in range(ref[2] if len(ref) > 2 else 1): at = text[ref[0]].find(ref[1], at + 1)
    if at < 0: raise SystemExit("no such words in paragraph %d" % ref[0])
    return [ref[0], at, at + len(ref[1])]

def ref_of(text, place):
    p, start, end = place
    words = text[p][start:end]
    at, k = text[p].find(words), 1
    while at < start: at, k = text[p].find(words, at + 1), k + 1
    return [p, words] + ([k] if k > 1 else [])

def walk(x, test, change):
    if test(x): return change(x)
    if isinstance(x, list): return [walk(y, test, change) for y in x]
    if isinstance(x, dict): return {k: walk(y, test, change) for k, y in x.items()}
    return x

# What is left out where it is empty.
LAYERS = {"entities": {"country": None, "sector": None, "mentions": []}, "times": {},
          "figures": {"part_of": None, "restates": None, "place": None, "since": None, "until": None, "source": None},
          "statements": {"to": [], "via": None, "time": None},
          "events": {"actors": [], "recipients": [], "reality": "actual", "negated": False, "place": None, "time": None},
          "steps": {"by": [], "asked_by": [], "for": None, "place": None, "according_to": None}}

def without_defaults(items, defaults): return [{k: v for k, v in x.items() if k not in defaults or v != defaults[k]} for x in items]

def pack(path):
    g = json.load(open(path, encoding="utf-8"))
    text = parts(g.get("title"), g["paragraphs"])
    out = {"id": g["id"], "digest": digest(g.get("title"), g["paragraphs"])}
    for e in g["entities"]:  # the name is one of the mentions, or stands somewhere
        found = [m for m in e["mentions"] if m[1] == e["name"]] or [[p, e["name"]] for p, t in enumerate(text) if e["name"] in t]
        e["name"] = found[0] if found else max(e["mentions"], key=lambda m: len(m[1]))
    for layer in LAYERS: out[layer] = walk(without_defaults(g[layer], LAYERS[layer]), is_ref, lambda r: place_of(text, r))
    return out

def is_place(x): return isinstance(x, list) and len(x) == 3 and all(type(y) is int for y in x)

def join(sample, labels, folder):
    reports = {}
    for line in open(sample, encoding="utf-8"):
        if line.strip(): r = json.loads(line); reports[r["id"]] = r
    os.makedirs(folder, exist_ok=True)
    for line in open(labels, encoding="utf-8"):
        a = json.loads(line)
        r = reports.get(a["id"])
        if not r: raise SystemExit("%s is not in the sample" % a["id"])
        paragraphs = [p.strip() for p in r["text"].split("\n") if p.strip()]
        if digest(r.get("title"), paragraphs) != a["digest"]: raise SystemExit("%s has another text in the sample" % a["id"])
        text = parts(r.get("title"), paragraphs)
        g = {"id": a["id"], "source": r.get("source"), "published": r.get("published"), "title": r.get("title"), "paragraphs": paragraphs}
        for layer in LAYERS: g[layer] = [{**LAYERS[layer], **x} for x in walk(a[layer], is_place, lambda p: ref_of(text, p))]
        for e in g["entities"]: e["name"] = e["name"][1]
        with open(os.path.join(folder, a["id"] + ".json"), "w", encoding="utf-8") as out: json.dump(g, out, ensure_ascii=False)

def main():
    if len(sys.argv) >= 3 and sys.argv[1] == "pack":
        for path in sys.argv[2:]: print(json.dumps(pack(path), ensure_ascii=False, separators=(",", ":")))
    elif len(sys.argv) == 5 and sys.argv[1] == "join": join(*sys.argv[2:])
    else: raise SystemExit(__doc__)

if __name__ == "__main__": main()
