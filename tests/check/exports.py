#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every format of export is read by a reader that is not ours, and says what the record says; cells of
tables are no formulas, and can be had back; each export stands in the audit chain. $1: the program."""
import csv
import datetime
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import geojson
import networkx
import rdflib

program = os.path.abspath(sys.argv[1])
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
folder = tempfile.mkdtemp()
record = os.path.join(folder, "r.khutwa")
DANGEROUS = "=+-@\t\r\n'"
TITLES = ['=HYPERLINK("http://x","y")', "+966 رقم", "-1 درجة", "@SUM(A1)", "\tتبويب", "'اقتباس",
          "نص; فيه, \"علامات\"", "=1+1\nسطر", "عنوان عادي"]
TEXT = ("قال المتحدث باسم الجيش سامر الحلبي إن 5 مدنيين قتلوا في قصف نفذته قوات المعارضة على مدينة "
        "حلب يوم 12 مايو 2019. وطالب المبعوث الأممي الحكومة السورية بوقف إطلاق النار، فيما تعهدت "
        "الحكومة بالإفراج عن 30 محتجزا.\n\nوالتقى وزير الخارجية الأردني نظيره المصري في عمان.")
failed = 0
done = 0


def expect(holds, what):
    global failed, done
    done += 1
    if not holds:
        failed += 1
        print("not so:", what)


def run(*arguments, ok=True):
    result = subprocess.run([program, *arguments], capture_output=True, timeout=120)
    if ok and result.returncode:
        print(" ".join(arguments), "failed:", result.stderr.decode())
        sys.exit(1)
    return result


def export(name, *more):
    """The bytes of an export, whose digest stands in the chain."""
    path = os.path.join(folder, name + "-" + "-".join(more).replace("/", "_"))
    run("export", record, "--format", name, "-o", path, *more)
    with open(path, "rb") as file:
        data = file.read()
    database = sqlite3.connect("file:%s?mode=ro" % record, uri=True)
    subject, digest = database.execute(
        "SELECT subject, digest FROM audit_log WHERE action = 'export' ORDER BY seq DESC LIMIT 1").fetchone()
    database.close()
    expect(subject == path and digest == hashlib.sha256(data).hexdigest(), name + ": in the chain with its digest")
    noted = os.path.exists(path + ".notes.txt")
    expect(noted == (name not in ("geojson", "graphml", "annotation", "prov")), name + ": notes beside it")
    return data


def table(data, dialect="excel"):
    text = data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), dialect=dialect, strict=True))
    expect(len({len(row) for row in rows}) == 1, "every row has as many cells")
    return rows[0], [dict(zip(rows[0], row)) for row in rows[1:]]


def plain(cell):
    return cell[1:] if cell.startswith("'") else cell


def is_number(cell):
    return re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", cell) is not None


def check_cells(rows, what):
    for row in rows:
        for key, cell in row.items():
            if cell and cell[0] in DANGEROUS[:-1] and not is_number(cell):
                expect(False, "%s: %s begins with %r" % (what, key, cell[:10]))
    expect(True, what)


with open(os.path.join(folder, "in.jsonl"), "w", encoding="utf-8") as out:
    for i, title in enumerate(TITLES):
        out.write(json.dumps({"id": "i%d" % i, "source": "=ناشر %d" % i if i == 0 else "ناشر %d" % (i % 3),
                              "published": "2019-05-%02d" % (13 + i), "title": title,
                              "text": TEXT.replace("حلب", "حلب") + " (%d)" % i,
                              "uri": "https://example.org/%d?a=<b>" % i if i % 2 else "https://example.org/%d" % i},
                             ensure_ascii=False) + "\n")
run("add", record, os.path.join(folder, "in.jsonl"))
run("add", record, *[os.path.join(root, "examples/reports", name)
                     for name in sorted(os.listdir(os.path.join(root, "examples/reports")))])
database = sqlite3.connect("file:%s?mode=ro" % record, uri=True)
counts = {layer: database.execute("SELECT count(*) FROM " + layer).fetchone()[0]
          for layer in ("documents", "statements", "events", "figures", "steps")}
texts = dict(database.execute("SELECT text_sha256, text FROM documents"))
database.close()

# ---- JSON Lines
reports = [json.loads(line) for line in export("jsonl").decode().splitlines()]
expect(len(reports) == counts["documents"], "jsonl: all reports")
for report in reports:
    text = report["document"]["text"]
    for layer in ("statements", "events", "figures", "steps"):
        for claim in report[layer]:
            for span in [claim] + [value for value in claim.values() if isinstance(value, dict)]:
                if "start" in span:
                    expect(text[span["start"]:span["end"]] == span["text"], "jsonl: a span of " + claim["id"])

# ---- CSV, a layer at a time
for layer in counts:
    header, rows = table(export("csv", "--layer", layer))
    expect(len(rows) == counts[layer], "csv %s: %d rows" % (layer, len(rows)))
    check_cells(rows, "csv " + layer)
    if layer == "documents":
        titles = {row["input_id"]: row["title"] for row in rows}
        for i, title in enumerate(TITLES):
            expect(plain(titles["i%d" % i]) == title, "csv: title %d comes back: %r" % (i, titles["i%d" % i]))
header, rows = table(export("csv", "--layer", "entities"))
expect(len(rows) > 10, "csv entities")
expect(export("csv", "--layer", "events", "--bom").startswith(b"\xef\xbb\xbfid,"), "csv: byte order mark")
expect(run("export", record, "--format", "csv", ok=False).returncode == 2, "csv wants a layer")

# ---- ACLED, UCDP GED
TYPES = {"Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
         "Strategic developments"}
header, rows = table(export("acled"))
expect(header[:7] == ["event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
                      "sub_event_type"] and len(header) == 31, "acled: columns")
expect(len(rows) >= 10, "acled: %d rows" % len(rows))
check_cells(rows, "acled")
for row in rows:
    expect(row["event_type"] in TYPES, "acled: " + row["event_type"])
    expect(str(datetime.date.fromisoformat(row["event_date"]).year) == row["year"], "acled: year")
    expect(row["inter1"] in ("", *"12345678"), "acled: inter1 " + row["inter1"])
    expect(not row["interaction"] or row["interaction"][0] <= row["interaction"][1] or row["interaction"][1] == "0",
           "acled: interaction " + row["interaction"])
expect(any(row["fatalities"] == "5" for row in rows), "acled: the five who were killed")
STATES = {"Syria": ("760", "Middle East"), "Sudan": ("729", "Northern Africa"), "Libya": ("434", "Northern Africa"),
          "Yemen": ("887", "Middle East"), "Iraq": ("368", "Middle East"), "Lebanon": ("422", "Middle East")}
CODES = {"SYR": "Syria", "SDN": "Sudan", "LBY": "Libya", "YEM": "Yemen", "IRQ": "Iraq", "LBN": "Lebanon"}
STATES |= {code: STATES[name] for code, name in CODES.items()}  # the name is not always told
for row in rows:
    expect(row["country"] not in STATES or (row["iso"], row["region"]) == STATES[row["country"]],
           "acled: %s %s %s" % (row["country"], row["iso"], row["region"]))
    expect(bool(row["country"]) == bool(row["region"]), "acled: region of " + row["country"])
expect(any(row["country"] in STATES for row in rows), "acled: states")
header, rows = table(export("ged"))
expect(len(header) == 49 and header[0] == "id" and header[-1] == "gwnob", "ged: columns")
check_cells(rows, "ged")
expect(len(rows) >= 1, "ged: rows")
for row in rows:
    expect(float(row["low"]) <= float(row["best"]) <= float(row["high"]), "ged: bounds")
    expect(float(row["deaths_civilians"]) + float(row["deaths_unknown"]) == float(row["best"]), "ged: sum of deaths")
    expect(row["type_of_violence"] in "123" and row["date_start"] <= row["date_end"], "ged: kind and days")
    if row["latitude"]:
        lon, lat = map(float, re.fullmatch(r"POINT \((\S+) (\S+)\)", row["geom_wkt"]).groups())
        expect(abs(lat - float(row["latitude"])) < 1e-4 and abs(lon - float(row["longitude"])) < 1e-4, "ged: point")
        expect(1 <= int(row["priogrid_gid"]) <= 259200, "ged: cell of the grid")

# ---- PLOVER, CAMEO
PLOVER = set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
             "MOBILIZE COERCE ASSAULT".split())
records = [json.loads(line) for line in export("plover").decode().splitlines()]
expect(len(records) >= 20, "plover: %d records" % len(records))
for r in records:
    expect(all(key in r for key in ("id", "date", "actor", "event")), "plover: required fields")
    expect(set(r["event"]) <= PLOVER and r["quad_code"] in (1, 2, 3, 4), "plover: type")
    datetime.date.fromisoformat(r["date"])
expect(any(r.get("size", {}).get("dead") == 5 for r in records), "plover: dead")
header, rows = table(export("cameo"), "excel-tab")
expect(len(rows) >= 10, "cameo: %d rows" % len(rows))
for row in rows:
    expect(re.fullmatch(r"(0[1-9]|1\d|20)\d{0,2}", row["code"]) is not None, "cameo: code " + row["code"])
    expect(re.fullmatch(r"\d{8}", row["date"]) is not None, "cameo: date " + row["date"])
    expect(re.fullmatch(r"---|[A-Z]{3,9}", row["source"]) is not None, "cameo: source " + row["source"])

# ---- GeoJSON
shapes = geojson.loads(export("geojson").decode())
expect(shapes.is_valid and shapes["type"] == "FeatureCollection", "geojson: valid")
expect(len(shapes["features"]) >= 3, "geojson: %d features" % len(shapes["features"]))
for feature in shapes["features"]:
    expect(feature.is_valid and -180 <= feature.geometry.coordinates[0] <= 180 and
           -90 <= feature.geometry.coordinates[1] <= 90, "geojson: a feature")
expect("lost" in shapes["note"], "geojson: says what it loses")

# ---- HXL
rows = list(csv.reader(io.StringIO(export("hxl").decode(), newline=""), strict=True))
expect(all(re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag) for tag in rows[1]), "hxl: hashtags")
expect("#affected+killed" in rows[1] and "#adm1+code" in rows[1], "hxl: the tags that are asked for")
killed = rows[1].index("#affected+killed")
expect(any(row[killed] == "5" for row in rows[2:]), "hxl: the five who were killed")
expect(len({len(row) for row in rows}) == 1, "hxl: every row has as many cells")

# ---- GraphML
data = export("graphml")
graph = networkx.read_graphml(io.BytesIO(data))
expect(graph.number_of_nodes() >= 2 and graph.number_of_edges() >= 1, "graphml: nodes and edges")
expect(all("name" in node for _, node in graph.nodes(data=True)), "graphml: names")
expect(all(edge["count"] >= 1 and edge["type"] in PLOVER for _, _, edge in graph.edges(data=True)), "graphml: edges")
lint = subprocess.run(["xmllint", "--noout", "--nonet", "-"], input=data, capture_output=True)
expect(lint.returncode == 0, "graphml: well-formed " + lint.stderr.decode())
spaces = "{http://graphml.graphdrawing.org/xmlns}"
tree = xml.etree.ElementTree.fromstring(data)
expect(tree.tag == spaces + "graphml" and tree[0].tag == spaces + "desc", "graphml: namespace, notes")

# ---- Web Annotation
collection = json.loads(export("annotation"))
items = collection["first"]["items"]
expect(collection["@context"] == "http://www.w3.org/ns/anno.jsonld" and collection["total"] == len(items),
       "annotation: a collection")
expect(len(items) == sum(counts[layer] for layer in ("statements", "events", "figures", "steps")),
       "annotation: all claims")
for item in items:
    position, quote = item["target"]["selector"]
    text = texts[item["target"]["source"].rsplit(":", 1)[1]]
    expect(item["type"] == "Annotation" and position["type"] == "TextPositionSelector" and
           quote["type"] == "TextQuoteSelector", "annotation: types")
    start, end = position["start"], position["end"]
    expect(text[start:end] == quote["exact"] and text[:start].endswith(quote["prefix"]) and
           text[end:].startswith(quote["suffix"]), "annotation: selectors agree with the text")
    expect(isinstance(json.loads(item["body"][1]["value"]), dict), "annotation: body")
# the context cannot be fetched here: its few terms, as JSON-LD
collection["@context"] = {"@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"}
parsed = rdflib.Graph().parse(data=json.dumps(collection), format="json-ld")
kind = rdflib.URIRef("http://www.w3.org/ns/oa#Annotation")
expect(len(set(parsed.subjects(rdflib.RDF.type, kind))) == len(items), "annotation: JSON-LD")

# ---- PROV-O
data = export("prov")
graph = rdflib.Graph().parse(data=data, format="turtle")
prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
quoted = set(graph.subjects(prov.wasQuotedFrom, None))
expect(len(quoted) == len(items), "prov: every claim is quoted from a report")
expect(all((subject, prov.wasGeneratedBy, None) in graph for subject in quoted), "prov: who read it")
expect(len(set(graph.subjects(rdflib.RDF.type, prov.SoftwareAgent))) == 1, "prov: one program")
rapper = subprocess.run(["rapper", "-q", "-c", "-i", "turtle", "-", "urn:khutwa:"], input=data, capture_output=True)
expect(rapper.returncode == 0, "prov: rapper " + rapper.stderr.decode())

# ---- filters, and what cannot be
some = table(export("csv", "--layer", "events", "--type", "ASSAULT"))[1]
expect(some and all(row["type"] == "ASSAULT" for row in some), "filter: type")
one = [json.loads(line) for line in export("jsonl", "--document", "D3").decode().splitlines()]
expect(len(one) == 1 and one[0]["document"]["id"] == "i2", "filter: document")
late = table(export("csv", "--layer", "documents", "--from", "2019-05-15", "--to", "2019-05-16"))[1]
expect({row["input_id"] for row in late} >= {"i2", "i3"} and all("2019-05-15" <= row["published"] <= "2019-05-16"
                                                              for row in late), "filter: days")
found = table(export("csv", "--layer", "documents", "--search", "نظيره المصري"))[1]
expect(len(found) == len(TITLES), "filter: search finds %d" % len(found))
expect(len(table(export("acled", "--outlet", "ناشر 1"))[1]) >= 1, "filter: outlet")
for wrong in (["--format", "xls"], ["--format", "csv", "--layer", "x"], ["--format", "acled", "--from", "2019"],
              ["--format", "acled", "--actor", "لا أحد هنا"], ["--format", "jsonl", "--document", "E1"]):
    result = run("export", record, *wrong, ok=False)
    expect(result.returncode == 2 and result.stderr.startswith(b"khutwa: "), "refused: " + " ".join(wrong))
before = run("export", record, "--format", "jsonl", "-o", "/dev/full", ok=False)
expect(before.returncode == 3, "a full disk is told")
database = sqlite3.connect("file:%s?mode=ro" % record, uri=True)
expect(database.execute("SELECT count(*) FROM audit_log WHERE subject = '/dev/full'").fetchone()[0] == 0,
       "what could not be written is not in the chain")
database.close()
print("# %d expectations, %d formats" % (done, 11))
sys.exit(1 if failed else 0)
