#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains models/steps.bin, the model that weighs steps and who makes and asks for them (src/claim/step_rank.h).

  train_steps.py [options] FACTS:GOLD ...   FACTS from khutwa-claim-facts, GOLD a folder of gold files
  --write FILE     write the model
  --folds N        cross-validate over documents; with --write, FILE.k is the model that has not seen part k
                   (and FILE.k.ids names its documents)
  --least Q=P,...  a candidate that is less likely is not taken

Facts, labels and learning are those of train_claims.py; two runs give the same file."""
import argparse, random, struct
import train_claims as tc

STEP, BY, ASKED = 6, 7, 8
QUESTIONS, BITS = 9, 17
tc.L2[ASKED] = 2e-3

def label(g, doc):
    """Which candidates are steps of the gold, and whom it names as doers and askers of those."""
    record, mentions, about, cands = doc
    text = record["document"]["text"]
    same = tc.same_entity(g, text, mentions, about)
    gold = [(tc.tight(text, tc.locate(g, s["what"])), s) for s in g["steps"]]
    pairs = sorted(((-tc.iou(sp, c.trigger), c.item, k) for c in cands if c.question == STEP
                    for k, (sp, s) in enumerate(gold) if tc.overlap(sp, c.trigger) and s["kind"] == tc.KINDS[c.type]))
    of, used = {}, set()
    for _, item, k in pairs:
        if item in of or k in used: continue
        of[item] = gold[k][1]; used.add(k)
    for c in cands:
        if c.question not in (STEP, BY, ASKED): continue
        s = of.get(c.item)
        if c.question == STEP: c.yes = s is not None
        elif s is not None: c.yes = any(same(k, c.entity) for k in s["by" if c.question == BY else "asked_by"])

def load(pair):
    import glob, json, os
    facts, folder = pair.split(":")
    gold = {}
    for f in sorted(glob.glob(os.path.join(folder, "*.json"))):
        g = json.load(open(f, encoding="utf-8")); gold[g["id"]] = g
    out = []
    for d in tc.read_facts(facts):
        label(gold[d[0]["document"]["id"]], d)
        for c in d[3]:
            c.doc = d[0]["document"]["id"]
            if c.yes is not None: out.append(c)
    return out

def write(path, models, least):
    table = [0] * (1 << BITS)
    unit = max(abs(v) for w, _ in models.values() for v in w.values()) / 16000
    for w, _ in models.values():
        for f, v in w.items():
            f &= (1 << BITS) - 1
            table[f] = max(-32767, min(32767, table[f] + round(v / unit)))
    with open(path, "wb") as out:
        out.write(b"KHRK" + struct.pack("<III", 1, BITS, QUESTIONS))
        for q in range(QUESTIONS):
            out.write(struct.pack("<iii", round(unit * 65536 * 256), round(models[q][1] * 65536) if q in models else 0, round(least.get(q, 0) * 65536)))
        out.write(struct.pack("<%dh" % len(table), *table))

def report(cands, q):
    """Best threshold by F1 against what the rules propose, and how far a likelihood can be relied on."""
    best = {}
    for c in cands:
        if c.question != q: continue
        k = (c.doc, c.item, c.entity if q != STEP else 0)
        if k not in best or c.p > best[k].p: best[k] = c
    data = list(best.values()); gold = sum(c.yes for c in data)
    ruled = [c for c in data if c.ruled]
    top = max(((2 * sum(c.yes for c in data if c.p >= t) / ((sum(c.p >= t for c in data) + gold) or 1), t) for t in [x / 50 for x in range(3, 46)]))
    hit = sum(c.yes for c in ruled)
    print("  %-5s %5d candidates, gold %4d; rules F %.3f; model F %.3f at %.2f" % ("step by asked".split()[q - STEP], len(data), gold, 2 * hit / ((len(ruled) + gold) or 1), *top))
    for low, high in ((0, .3), (.3, .5), (.5, .7), (.7, .8), (.8, .9), (.9, 1.01)):
        part = [c.yes for c in data if low <= c.p < high]
        if part: print("      %.1f-%.1f %4d right %.2f" % (low, min(high, 1), len(part), sum(part) / len(part)))

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("pairs", nargs="+"); ap.add_argument("--write"); ap.add_argument("--folds", type=int, default=0)
    ap.add_argument("--least", default=""); ap.add_argument("--l2", type=float, default=2e-3); ap.add_argument("--epochs", type=int, default=4)
    a = ap.parse_args()
    for q in (STEP, BY, ASKED): tc.L2[q] = a.l2
    cands = [c for p in a.pairs for c in load(p)]
    least = {int(x.split("=")[0]): float(x.split("=")[1]) for x in a.least.split(",") if x}
    learn = lambda part: {q: tc.learn(part, q, epochs=a.epochs) for q in (STEP, BY, ASKED)}
    if a.folds:
        ids = sorted({c.doc for c in cands})
        fold = {d: i % a.folds for i, d in enumerate(random.Random(3).sample(ids, len(ids)))}
        for k in range(a.folds):
            models = learn([c for c in cands if fold[c.doc] != k])
            for c in cands:
                if fold[c.doc] == k: c.p = tc.score(models[c.question], c)
            if a.write:
                write("%s.%d" % (a.write, k), models, least)
                open("%s.%d.ids" % (a.write, k), "w").write("\n".join(d for d in ids if fold[d] == k))
        for q in (STEP, BY, ASKED): report(cands, q)
    elif a.write: write(a.write, learn(cands), least)

if __name__ == "__main__": main()
