#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains models/steps.bin, the model that weighs steps and who makes and asks for them (src/claim/step_rank.h).

  train_steps.py [options] FACTS:GOLD ...   FACTS from khutwa-claim-facts, GOLD a folder of gold files or a file of cases
  train_steps.py sentences CASES.tsv        the project's own sentences as JSON Lines, for khutwa-claim-facts
  --write FILE     write the model
  --folds N        cross-validate over documents; with --write, FILE.k is the model that has not seen part k
                   (and FILE.k.ids names its documents)
  --least Q=P,...  a candidate that is less likely is not taken

Facts, labels and learning are those of train_claims.py; two runs give the same file."""
import argparse, glob, json, math, os, random, struct, sys
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

def cases(path):
    """(id, text, kinds wanted) of the project's own sentences; what is a known miss is right all the same."""
    for n, line in enumerate(open(path, encoding="utf-8")):
        f = line.lstrip("!").rstrip("\n").split("\t")
        if len(f) == 2 and f[0] != "text" and line[0] != "#":
            yield "steps-%d" % n, f[0], [] if f[1] == "-" else [x.split()[0] for x in f[1].split("; ")]

def load_cases(facts, path, weight=0.5):
    wanted = {i: kinds for i, _, kinds in cases(path)}
    out = []
    for d in tc.read_facts(facts):
        left = list(wanted[d[0]["document"]["id"]])
        for c in d[3]:
            if c.question != STEP: continue
            kind = tc.KINDS[c.type]
            c.yes = kind in left
            if c.yes: left.remove(kind)
            c.doc, c.weight = d[0]["document"]["id"], weight
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
        label(gold[d[0]["document"]["id"]], d)
        for c in d[3]:
            c.doc = d[0]["document"]["id"]
            if c.yes is not None: out.append(c)
    return out

def logit(p): return math.log(p / (1 - p))

def calibrate(cands, learn, folds=5):
    """(a, b): a * x + b is the logit that held-out parts bear out where the model says x, so that a likelihood is a rate."""
    ids = sorted({c.doc for c in cands})
    fold = {d: i % folds for i, d in enumerate(random.Random(5).sample(ids, len(ids)))}
    seen = []
    for k in range(folds):
        model = learn([c for c in cands if fold[c.doc] != k], STEP)
        seen += [(logit(min(max(tc.score(model, c), 1e-6), 1 - 1e-6)), c.yes, c.weight) for c in cands if c.question == STEP and fold[c.doc] == k]
    a, b = 1.0, 0.0
    for _ in range(2000):
        ga = gb = total = 0.0
        for x, y, w in seen:
            d = (1 / (1 + math.exp(-(a * x + b))) - y) * w
            ga += d * x; gb += d; total += w
        a -= 0.5 * ga / total; b -= 0.5 * gb / total
    return a, b

def write(path, models, least, scale=(1.0, 0.0)):
    table = [0] * (1 << BITS)
    unit = max(abs(v) for w, _ in models.values() for v in w.values()) / 16000
    for w, _ in models.values():
        for f, v in w.items():
            f &= (1 << BITS) - 1
            table[f] = max(-32767, min(32767, table[f] + round(v / unit)))
    with open(path, "wb") as out:
        out.write(b"KHRK" + struct.pack("<III", 1, BITS, QUESTIONS))
        for q in range(QUESTIONS):
            a, b = scale if q == STEP else (1.0, 0.0)
            bias = a * models[q][1] + b if q in models else 0
            out.write(struct.pack("<iii", round(a * unit * 65536 * 256), round(bias * 65536), round(least.get(q, 0) * 65536)))
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
    if len(sys.argv) == 3 and sys.argv[1] == "sentences":
        for i, text, _ in cases(sys.argv[2]): print(json.dumps({"id": i, "text": text}, ensure_ascii=False))
        return
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("pairs", nargs="+"); ap.add_argument("--write"); ap.add_argument("--folds", type=int, default=0)
    ap.add_argument("--least", default=""); ap.add_argument("--l2", type=float, default=2e-3); ap.add_argument("--epochs", type=int, default=4)
    a = ap.parse_args()
    for q in (STEP, BY, ASKED): tc.L2[q] = a.l2
    cands = [c for p in a.pairs for c in load(p)]
    least = {int(x.split("=")[0]): float(x.split("=")[1]) for x in a.least.split(",") if x}
    one = lambda part, q: tc.learn(part, q, epochs=a.epochs)
    learn = lambda part: {q: one(part, q) for q in (STEP, BY, ASKED)}
    scale = calibrate(cands, one)
    print("scale of likelihoods: %.3f x %+.3f" % scale)
    rate = lambda p: 1 / (1 + math.exp(-(scale[0] * logit(min(max(p, 1e-6), 1 - 1e-6)) + scale[1])))
    if a.folds:
        ids = sorted({c.doc for c in cands})
        fold = {d: i % a.folds for i, d in enumerate(random.Random(3).sample(ids, len(ids)))}
        for k in range(a.folds):
            models = learn([c for c in cands if fold[c.doc] != k])
            for c in cands:
                if fold[c.doc] == k: c.p = tc.score(models[c.question], c) if c.question != STEP else rate(tc.score(models[STEP], c))
            if a.write:
                write("%s.%d" % (a.write, k), models, least, scale)
                open("%s.%d.ids" % (a.write, k), "w").write("\n".join(d for d in ids if fold[d] == k))
        for q in (STEP, BY, ASKED): report([c for c in cands if not c.doc.startswith("steps-")], q)
    elif a.write: write(a.write, learn(cands), least, scale)

if __name__ == "__main__": main()
