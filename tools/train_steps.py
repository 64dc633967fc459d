#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains models/steps.bin, the model that tells steps, their kind and status, and who makes them,
asks for them and tells of them (src/claim/step_rank.h). Needs python3-scipy.

  train_steps.py sentences CASES.tsv                the project's own sentences as JSON Lines
  train_steps.py parts N OUT FACTS:GOLD ...         N models OUT.k.bin, each learnt without part k of the reports
                                                    GOLD names, with OUT.k.ids, the reports of the part
  train_steps.py model OUT FACTS:GOLD ... --parties FACTS:GOLD ...
                                                    the model, from all of them
  --least Q=P,...  a candidate of question Q (0 step, 1 by, 2 asked_by, 3 according_to, 4 place) that is less
                   likely is not taken

FACTS come from `khutwa-claim-facts --steps`: those of moves with "-", those of parties with tables that hold
the model which has not seen the reports. GOLD is a folder of gold files or the file of cases. A likelihood is a
logistic regression over hashed facts, fitted by L-BFGS; two runs give the same file. The likelihood of a step is
scaled on held-out parts, so that it is a rate."""
import argparse, glob, json, os, random, struct, sys
from collections import Counter, defaultdict
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags
import train_claims as tc

STATUS = "demanded conditional promised agreed under_way met not_met refused violated suspended".split()
OTHER = len(tc.KINDS) - 1
STEP, BY, ASKED, TELLS, AT, KIND = 6, 7, 8, 10, 11, 12
STATUSES = KIND + len(tc.KINDS)
QUESTIONS, BITS, FOLDS = STATUSES + len(STATUS), 21, 5
BESIDE = 0.3    # weight of a further word of a step's phrase while statuses are learnt
SLOT = {BY: "by", ASKED: "asked_by", TELLS: "according_to", AT: "place"}

# ---------------------------------------------------------------- gold beside facts

class Candidate:
    __slots__ = ("question", "type", "entity", "ruled", "item", "trigger", "span", "facts", "doc", "yes", "weight", "gold", "near", "beside", "kind", "p")

def read_facts(path):
    """(record, mentions by entity, entity facts, candidates) of every report"""
    mentions, about, cands, record = defaultdict(list), {}, [], None
    for line in open(path, encoding="utf-8"):
        if line[0] == "{": record = json.loads(line)
        elif line[0] == "M":
            _, e, a, b, kind, country, sector = line.rstrip("\n").split("\t")
            mentions[int(e)].append((int(a), int(b))); about[int(e)] = (kind, country, sector)
        elif line[0] == "C":
            f = line.rstrip("\n").split("\t")
            c = Candidate()
            c.question, c.type, c.entity, c.ruled, c.item = int(f[1]), int(f[2]), int(f[3]), f[4] == "1", int(f[5])
            c.trigger, c.span = (int(f[6]), int(f[7])), (int(f[8]), int(f[9]))
            c.facts = np.unique(np.array([int(x, 16) for x in f[10].split()], np.uint32))
            c.yes, c.weight, c.gold, c.near, c.beside = False, 1.0, None, False, None
            cands.append(c)
        elif line[0] == "E":
            yield record, mentions, about, cands
            mentions, about, cands = defaultdict(list), {}, []

def match(text, cands, steps):
    """Which candidate stands for which gold step: the one that tells its kind first, then the best overlap."""
    spans = [(tc.tight(text, tc.locate(steps[0], s["what"])), s) for s in steps[1]]
    pairs = []
    for n, c in enumerate(cands):
        for k, (sp, s) in enumerate(spans):
            if not tc.overlap(sp, c.trigger): continue
            c.near, c.beside = True, c.beside or s
            kind = tc.KINDS[c.type]
            fits = 1.0 if kind == s["kind"] != "other" else 0.0 if kind in (s["kind"], "other") else -0.5
            pairs.append((-(tc.iou(sp, c.trigger) + fits), n, k))
    used_c, used_g = set(), set()
    for _, n, k in sorted(pairs):
        if n in used_c or k in used_g: continue
        used_c.add(n); used_g.add(k)
        cands[n].gold, cands[n].yes = spans[k][1], True

def label_report(g, doc):
    record, mentions, about, cands = doc
    text = record["document"]["text"]
    moves = {}
    for c in cands:
        if c.question == STEP: moves[c.item] = c
    match(text, list(moves.values()), (g, g["steps"]))
    same = None
    for c in cands:
        c.doc = g["id"]
        if c.question == STEP: continue
        c.gold = moves[c.item].gold
        if not c.gold: continue
        same = same or tc.same_entity(g, text, mentions, about)
        if c.question == AT:
            at = c.gold.get("place")
            sp = tc.tight(text, tc.locate(g, at)) if at else None
            c.yes = bool(sp) and any(tc.overlap(sp, m) for m in mentions[c.entity])
            continue
        want = c.gold.get(SLOT[c.question]) or []
        c.yes = any(same(k, c.entity) for k in ([want] if isinstance(want, str) else want))
    return [c for c in cands if c.question == STEP or c.gold]

def cases(path):
    """(id, text, steps wanted) of the project's own sentences; what is a known miss is right all the same."""
    for n, line in enumerate(open(path, encoding="utf-8")):
        f = line.lstrip("!").rstrip("\n").split("\t")
        if len(f) == 2 and f[0] != "text" and line[0] != "#":
            yield "steps-%d" % n, f[0], [] if f[1] == "-" else [tuple(x.split()[:2]) for x in f[1].split("; ")]

def label_cases(facts, path, weight=3.0):
    wanted = {i: steps for i, _, steps in cases(path)}
    out = []
    for record, _, _, cands in read_facts(facts):
        left = list(wanted[record["document"]["id"]])
        mine = []
        for c in cands:
            if c.question != STEP: continue
            kind, status = tc.KINDS[c.type], STATUS[c.entity]
            found = next((s for s in left if s[0] == kind), None)
            if found:
                left.remove(found)
                c.yes, c.gold = True, {"kind": found[0], "status": found[1]}
            c.doc, c.weight = record["document"]["id"], weight
            mine.append(c)
        # a step whose kind the rules do not know is one of the words without a kind: nobody says which
        out += [c for c in mine if c.yes or not left or c.type != OTHER]
    return out

def load(pair):
    facts, gold = pair.split(":")
    if gold.endswith(".tsv"): return label_cases(facts, gold)
    by = {}
    for f in sorted(glob.glob(os.path.join(gold, "*.json"))):
        g = json.load(open(f, encoding="utf-8")); by[g["id"]] = g
    return [c for doc in read_facts(facts) if doc[0]["document"]["id"] in by for c in label_report(by[doc[0]["document"]["id"]], doc)]

# ---------------------------------------------------------------- learning

def columns(cands, seldom):
    """Facts of at least so many reports, each with a column."""
    seen = defaultdict(set)
    for c in cands:
        for f in c.facts.tolist():
            s = seen[f]
            if len(s) < seldom: s.add(c.doc)
    return {f: i for i, f in enumerate(f for f, s in seen.items() if len(s) >= seldom)}

def matrix(cands, index):
    rows, cols = [], []
    for i, c in enumerate(cands):
        k = [index[f] for f in c.facts.tolist() if f in index]
        rows += [i] * len(k); cols += k
    return csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(cands), len(index)))

def fit(x, y, weight, l2, turns=50):
    """Weights of a logistic regression, the bias last; `y` of {0, 1}, or a row of classes with a 1 for the right one."""
    y = y.reshape(len(y), -1)
    n, d = x.shape[1] + 1, y.shape[1]
    xt = x.T.tocsr()
    def loss(v):
        v = v.reshape(n, d)
        z = x @ v[:-1] + v[-1]
        if d == 1:
            p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
            cost = -(weight[:, None] * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        else:
            e = np.exp(z - z.max(1, keepdims=True)); p = e / e.sum(1, keepdims=True)
            cost = -(weight[:, None] * y * np.log(p + 1e-12)).sum()
        g = (p - y) * weight[:, None]
        return cost + l2 / 2 * (v[:-1] ** 2).sum(), np.vstack([xt @ g + l2 * v[:-1], g.sum(0)]).ravel()
    return minimize(loss, np.zeros(n * d), jac=True, method="L-BFGS-B", options={"maxiter": turns}).x.reshape(n, d)

class Model:
    """Columns of facts and their weights, for one question or for several that exclude one another. A fact of n
    candidates counts n ** rare while the weights are fitted: below 0 what is seldom may weigh more."""
    def __init__(self, cands, answers, l2, seldom=2, weights=None, rare=0.0):
        self.index = columns(cands, seldom)
        weights = np.array([c.weight for c in cands]) if weights is None else weights
        x = matrix(cands, self.index)
        count = np.asarray(x.sum(0)).ravel()
        unit = count ** rare
        unit /= np.sqrt((unit ** 2 * count).sum() / count.sum())
        self.v = fit((x @ diags(unit)).tocsr(), np.asarray(answers, float), weights, l2)
        self.v[:-1] *= unit[:, None]
    def __call__(self, cands): return matrix(cands, self.index) @ self.v[:-1] + self.v[-1]

def one_of(values, names): return np.eye(len(names))[[names.index(v) for v in values]]

def sigmoid(z): return 1 / (1 + np.exp(-np.clip(z, -30, 30)))

def learn_moves(cands):
    moves = [c for c in cands if c.question == STEP]
    told = [c for c in moves if c.yes]
    touched = [c for c in moves if c.yes or c.beside]
    weights = np.array([c.weight * (0.3 if c.near and not c.yes else 1.0) for c in moves])  # words of a step told by others are no mistake of their own
    return {STEP: Model(moves, [c.yes for c in moves], 12.0, 2, weights, -0.25),
            KIND: Model(told, one_of([c.gold["kind"] for c in told], tc.KINDS), 2.0, 2, rare=-0.25),
            STATUSES: Model(touched, one_of([(c.gold or c.beside)["status"] for c in touched], STATUS), 6.0, 2,
                            np.array([c.weight if c.yes else BESIDE for c in touched]), -0.25)}

def learn_parties(cands):
    out = {}
    for q in SLOT:
        asked = [c for c in cands if c.question == q]
        if asked: out[q] = Model(asked, [c.yes for c in asked], 16.0, 2)
    return out

def folds(cands, count, seed):
    ids = sorted({c.doc for c in cands})
    part = {d: i % count for i, d in enumerate(random.Random(seed).sample(ids, len(ids)))}
    for k in range(count): yield [c for c in cands if part[c.doc] != k], [c for c in cands if part[c.doc] == k], [d for d in ids if part[d] == k]

def without(cands, ids):
    ids = set(ids)
    return [c for c in cands if c.doc not in ids]

def guess_kind(models, moves):
    z = models[KIND](moves)
    for c, row in zip(moves, z): c.kind = tc.KINDS[c.type if c.type != OTHER or c.ruled else int(row.argmax())]

def calibrate(cands):
    """(a, b): a * x + b is the logit, borne out by held-out parts, that a move of sum x is a step of the kind given."""
    x, y, w = [], [], []
    for rest, part, _ in folds([c for c in cands if c.question == STEP], FOLDS, 5):
        models = learn_moves(rest)
        guess_kind(models, part)
        z = models[STEP](part)[:, 0]
        for c, s in zip(part, z):
            if c.near and not c.yes: continue
            c.p = s; x.append(s); y.append(bool(c.yes and c.kind == c.gold["kind"])); w.append(c.weight)
    x, y, w = np.array(x), np.array(y, float), np.array(w)
    def loss(v):
        p = sigmoid(v[0] * x + v[1])
        return -(w * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum(), np.array([(w * (p - y) * x).sum(), (w * (p - y)).sum()])
    a, b = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B").x
    p = sigmoid(a * x + b)
    print("scale of likelihoods: %.3f x %+.3f" % (a, b))
    for low, high in ((0, .3), (.3, .5), (.5, .7), (.7, .8), (.8, .9), (.9, 1.01)):
        part = y[(p >= low) & (p < high)]
        if len(part): print("      %.1f-%.1f %5d right %.2f" % (low, min(high, 1), len(part), part.mean()))
    return float(a), float(b)

# ---------------------------------------------------------------- the file

def write(path, models, least, scale):
    table = np.zeros(1 << BITS, np.int64)
    unit = max(float(np.abs(m.v[:-1]).max()) for m in models.values()) / 16000
    bias = [0.0] * QUESTIONS
    mask = (1 << BITS) - 1
    for first, m in models.items():
        for k in range(m.v.shape[1]):
            bias[first + k] = float(m.v[-1, k])
            for f, i in m.index.items():
                w = round(float(m.v[i, k]) / unit)
                if abs(w) * unit < 0.01: continue  # what says next to nothing only makes others collide
                table[tc.mix(f, first + k + 1) & mask] += w
    np.clip(table, -32767, 32767, out=table)
    print("%d of %d weights used" % ((table != 0).sum(), len(table)))
    with open(path, "wb") as out:
        out.write(b"KHRK" + struct.pack("<III", 1, BITS, QUESTIONS))
        for q in range(QUESTIONS):
            a, b = scale if q == STEP else (1.0, 0.0)
            out.write(struct.pack("<iii", round(a * unit * 65536 * 256), round((a * bias[q] + b) * 65536), round(least.get(q, 0) * 65536)))
        out.write(table.astype("<i2").tobytes())

def report_parties(cands):
    """How well parties are told by models that have not seen the report, against the rules."""
    sums = {q: [] for q in SLOT}
    for rest, part, _ in folds(cands, FOLDS, 7):
        models = learn_parties(rest)
        for q, m in models.items():
            asked = [c for c in part if c.question == q]
            for c, z in zip(asked, m(asked)[:, 0] if asked else []): c.p = float(sigmoid(z))
    for q, name in SLOT.items():
        best = {}
        for c in cands:
            if c.question != q: continue
            k = (c.doc, c.item, c.entity)
            if k not in best or c.p > best[k].p: best[k] = c
        data = list(best.values())
        if not data: continue
        if q in (TELLS, AT):  # one answer
            top = {}
            for c in data:
                if (c.doc, c.item) not in top or c.p > top[c.doc, c.item].p: top[c.doc, c.item] = c
            chosen = list(top.values())
        else: chosen = data
        items = {(c.doc, c.item): c.gold for c in data}
        gold = sum(len(g.get(name) or []) if q in (BY, ASKED) else bool(g.get(name)) for g in items.values())
        f = lambda part: 2 * sum(c.yes for c in part) / ((len(part) + gold) or 1)
        least = max((f([c for c in chosen if c.p >= t]), t) for t in [x / 50 for x in range(3, 46)])
        print("  %-12s %6d candidates, gold %4d; rules F %.3f; model F %.3f at %.2f" % ((name, len(data), gold, f([c for c in data if c.ruled])) + least))

def main():
    if len(sys.argv) == 3 and sys.argv[1] == "sentences":
        for i, text, _ in cases(sys.argv[2]): print(json.dumps({"id": i, "text": text}, ensure_ascii=False))
        return
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=("parts", "model")); ap.add_argument("args", nargs="+")
    ap.add_argument("--parties", nargs="*", default=[]); ap.add_argument("--least", default="")
    a = ap.parse_intermixed_args()
    least = {(STEP, BY, ASKED, TELLS, AT)[int(x.split("=")[0])]: float(x.split("=")[1]) for x in a.least.split(",") if x}
    if a.what == "parts":
        cands = [c for p in a.args[2:] for c in load(p)]
        parties = [c for p in a.parties for c in load(p) if c.question != STEP]
        for k, (rest, part, ids) in enumerate(folds(cands, int(a.args[0]), 3)):
            models = learn_moves(rest)
            if parties: models.update(learn_parties(without(parties, ids)))
            write("%s.%d.bin" % (a.args[1], k), models, least, (1.0, 0.0))
            open("%s.%d.ids" % (a.args[1], k), "w").write("".join(d + "\n" for d in ids))
        return
    cands = [c for p in a.args[1:] for c in load(p)]
    parties = [c for p in a.parties for c in load(p) if c.question != STEP]
    scale = calibrate(cands)
    models = learn_moves(cands)
    if parties:
        report_parties(parties)
        models.update(learn_parties(parties))
    write(a.args[0], models, least, scale)

if __name__ == "__main__": main()
