#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains models/statements.bin, the model that chooses who speaks and tells what is said from what is not
(src/claim/statement_rank.h).

  train_statements.py [options] FACTS:GOLD ...   FACTS from khutwa-claim-facts, GOLD a folder of gold files or a file of cases
  train_statements.py sentences CASES.tsv        the project's own sentences as JSON Lines, for khutwa-claim-facts
  --write FILE     write the model
  --folds N        cross-validate over documents; with --write, FILE.k is the model that has not seen part k
                   (and FILE.k.ids names its documents)

The facts of the candidates of a statement have weights of a multinomial logistic regression (one of them spoke), those
of a statement weights of a logistic regression (it is one), learnt by AdaGrad in a fixed order, so that two runs give
the same file."""
import argparse, glob, json, math, os, random, struct, sys
from collections import defaultdict
import train_claims as tc

SPEAKER, SAID, QUESTIONS, BITS = 9, 13, 14, 18
ALIKE = 0.7  # what two contents have in common when they are taken for one
LEAST = 0.3  # a statement less likely is left out

def label(g, doc):
    """Which candidates are the speakers of the gold's statements, and which statements the gold has."""
    record, mentions, about, cands = doc
    text = record["document"]["text"]
    same = tc.same_entity(g, text, mentions, about)
    gold = [(tc.tight(text, tc.locate(g, s["content"])), s) for s in g["statements"]]
    speakers = [c for c in cands if c.question == SPEAKER]
    items = {c.item: tc.tight(text, c.trigger) for c in speakers}
    pairs = sorted((-tc.iou(sp, at), item, k) for item, at in items.items() for k, (sp, _) in enumerate(gold) if tc.iou(sp, at) > 0.25)
    of, used = {}, set()
    for _, item, k in pairs:
        if item in of or k in used: continue
        of[item] = gold[k][1]; used.add(k)
    for c in speakers:
        if c.item in of: c.yes = any(same(k, c.entity) for k in [of[c.item]["speaker"]] + of[c.item].get("also", []))
    said = [c for c in cands if c.question == SAID]
    for c in said:
        at = tc.tight(text, c.trigger)
        c.yes = any(tc.iou(at, sp) >= ALIKE for sp, _ in gold)
    return speakers + said

def cases(path):
    """(id, text, [(speaker, content)]) of the project's own sentences; what is a known miss is right all the same."""
    by = {}
    for line in open(path, encoding="utf-8"):
        f = line.lstrip("!").rstrip("\n").split("\t")
        if len(f) == 6 and f[0] != "text" and line[0] != "#": by.setdefault(f[0], []).append((f[2], f[3]))
    return [("statements-%d" % n, text, said) for n, (text, said) in enumerate(by.items())]

def load_cases(facts, path):
    by = {i: said for i, _, said in cases(path)}
    out = []
    for record, _, _, cands in tc.read_facts(facts):
        text, name = record["document"]["text"], record["document"]["id"]
        for c in cands:
            content = text[slice(*tc.tight(text, c.trigger))]
            if c.question == SAID:
                c.doc, c.yes = name, any(content == said for _, said in by[name])
                out.append(c)
            if c.question != SPEAKER: continue
            who = [speaker for speaker, said in by[name] if said == content]
            if not who: continue
            c.doc, c.yes = name, text[slice(*tc.tight(text, c.span))] in who
            out.append(c)
    return out

def load(pair):
    facts, folder = pair.split(":")
    if folder.endswith(".tsv"): return load_cases(facts, folder)
    gold = {}
    for f in sorted(glob.glob(os.path.join(folder, "*.json"))):
        g = json.load(open(f, encoding="utf-8")); gold[g["id"]] = g
    out = []
    for d in tc.read_facts(facts):
        for c in label(gold[d[0]["document"]["id"]], d):
            c.doc = d[0]["document"]["id"]
            if c.yes is not None: out.append(c)
    return out

def items_of(cands):
    items = {}
    for c in cands: items.setdefault((c.doc, c.item), []).append(c)
    return list(items.values())

def learn(cands, epochs, l2, rate=0.05, seed=1):
    """Weights under which those who spoke are the likeliest candidates of their statements."""
    seen = defaultdict(set)  # facts of one report alone teach nothing about others
    for c in cands:
        for f in c.facts:
            if len(seen[f]) < 2: seen[f].add(c.doc)
    data = [[(c.yes, sorted({f for f in c.facts if len(seen[f]) > 1})) for c in item] for item in items_of(cands) if any(c.yes for c in item)]
    w, g2 = defaultdict(float), defaultdict(lambda: 1e-2)
    rnd = random.Random(seed)
    for _ in range(epochs):
        rnd.shuffle(data)
        for item in data:
            x = [sum(w[f] for f in facts) for _, facts in item]
            top = max(x); e = [math.exp(v - top) for v in x]
            total = sum(e); right = sum(v for v, (yes, _) in zip(e, item) if yes)
            grad = defaultdict(float)
            for v, (yes, facts) in zip(e, item):
                d = v / total - (v / right if yes else 0)
                for f in facts: grad[f] += d
            for f, d in grad.items():
                k = d + l2 * w[f]
                g2[f] += k * k
                w[f] -= rate * k / math.sqrt(g2[f])
    return dict(w)

def learn_said(cands, epochs, l2, rate=0.05, seed=1):
    """Weights under which what the gold has is likely, and what it has not is unlikely."""
    seen = defaultdict(set)
    for c in cands:
        for f in c.facts:
            if len(seen[f]) < 2: seen[f].add(c.doc)
    data = [(c.yes, sorted({f for f in c.facts if len(seen[f]) > 1})) for c in cands]
    w, g2 = defaultdict(float), defaultdict(lambda: 1e-2)
    rnd = random.Random(seed)
    for _ in range(epochs):
        rnd.shuffle(data)
        for yes, facts in data:
            x = sum(w[f] for f in facts)
            d = 1 / (1 + math.exp(-max(-30, min(30, x)))) - yes
            for f in facts:
                k = d + l2 * w[f]
                g2[f] += k * k
                w[f] -= rate * k / math.sqrt(g2[f])
    return dict(w)

def learn_all(cands, epochs, l2, runs=4):
    """The weights of each question: the mean of several runs, in each of which the statements come in another order."""
    weights = {}
    for question, teach in ((SPEAKER, learn), (SAID, learn_said)):
        mean = weights[question] = defaultdict(float)
        for seed in range(1, runs + 1):
            for f, v in teach([c for c in cands if c.question == question], epochs, l2, seed=seed).items(): mean[f] += v / runs
    return weights

def write(path, weights):
    table = [0] * (1 << BITS)
    unit = max(abs(v) for w in weights.values() for v in w.values()) / 16000
    for w in weights.values():
        for f, v in w.items():
            f &= (1 << BITS) - 1
            table[f] = max(-32767, min(32767, table[f] + round(v / unit)))
    least = lambda q: round(LEAST * 65536) if q == SAID else 0
    with open(path, "wb") as out:
        out.write(b"KHRK" + struct.pack("<III", 1, BITS, QUESTIONS))
        for q in range(QUESTIONS): out.write(struct.pack("<iii", round(unit * 65536 * 256) if q in weights else 0, 0, least(q)))
        out.write(struct.pack("<%dh" % len(table), *table))

def report(cands):
    """How often the rules are right, and how often the model."""
    judged = [c for c in cands if c.question == SAID]
    taken = [c for c in judged if c.p >= math.log(LEAST / (1 - LEAST))]
    found = [c for c in judged if c.ruled]
    if judged: print("%d contents found by frames, right %.3f; %d taken by the model, right %.3f (%d and %d right)" %
                     (len(found), sum(c.yes for c in found) / len(found), len(taken), sum(c.yes for c in taken) / len(taken), sum(c.yes for c in found), sum(c.yes for c in taken)))
    items = items_of([c for c in cands if c.question == SPEAKER])
    rate = lambda f: sum(map(f, items)) / len(items)
    print("%d statements: right one among candidates %.3f, rules right %.3f, model right %.3f" %
          (len(items), rate(lambda x: any(c.yes for c in x)), rate(lambda x: any(c.ruled and c.yes for c in x)), rate(lambda x: max(x, key=lambda c: c.p).yes)))
    none = [x for x in items if not any(c.ruled for c in x)]
    if none: print("%d where the rules find nobody: model right %.3f" % (len(none), sum(max(x, key=lambda c: c.p).yes for x in none) / len(none)))

def main():
    if len(sys.argv) == 3 and sys.argv[1] == "sentences":
        for i, text, _ in cases(sys.argv[2]): print(json.dumps({"id": i, "text": text}, ensure_ascii=False))
        return
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("pairs", nargs="+"); ap.add_argument("--write"); ap.add_argument("--folds", type=int, default=0)
    ap.add_argument("--l2", type=float, default=2e-3); ap.add_argument("--epochs", type=int, default=4)
    a = ap.parse_args()
    cands = sorted((c for p in a.pairs for c in load(p)), key=lambda c: c.doc)  # in whatever order they are given
    if not a.folds:
        if a.write: write(a.write, learn_all(cands, a.epochs, a.l2))
        return
    ids = sorted({c.doc for c in cands})
    fold = {d: i % a.folds for i, d in enumerate(random.Random(3).sample(ids, len(ids)))}
    for k in range(a.folds):
        w = learn_all([c for c in cands if fold[c.doc] != k], a.epochs, a.l2)
        for c in cands:
            if fold[c.doc] == k: c.p = sum(w[c.question].get(f, 0) for f in c.facts)
        if a.write:
            write("%s.%d" % (a.write, k), w)
            open("%s.%d.ids" % (a.write, k), "w").write("\n".join(d for d in ids if fold[d] == k))
    report([c for c in cands if not c.doc.startswith("statements-")])

if __name__ == "__main__": main()
