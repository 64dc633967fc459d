-- SPDX-License-Identifier: Apache-2.0
-- The record over many reports, version 2. One SQLite file, STRICT tables; what users and other
-- programs may rely on are the views of views.sql, documented in docs/record-file.md.
--
-- Three kinds of tables, kept apart:
--   machine    what was imported and what khutwa read in it (container, refusal, again, outlet,
--              engine, rule, document, body, entity, entity_name, entity_role, document_entity,
--              statement, event, figure, step, part);
--   decisions  what persons decided (decision, decision_target), and the chain that proves both (audit);
--   derived    what follows from the two and can be made again at any time (happening, series,
--              ledger, condition, contradiction, proposal, search).
-- Claims are addressed as (doc, n): the document and the item's place in its layer, counted from 1,
-- as the record's own ids count. Their public id is D<doc>.<letter><n> with the record's letters: f,
-- s, v, p (D12.v3 is the record's v3). References between claims of a document are such n, too.
-- All spans are bytes of UTF-8 into body.text, half-open. Days are 'YYYY-MM-DD'.
--
-- There are millions of claims: what is a word or a day is kept as a small number (type_code,
-- day_number: days since 1970-01-01; permille: thousandths), and the word (type, day, confidence) is
-- a column that is made of it when it is asked for. Questions over many rows ask for the numbers,
-- which have indexes. The numbers are those of the enumerations of khutwa/claim.h (codes.h); new
-- words come behind the others.

CREATE TABLE IF NOT EXISTS meta (
  key TEXT PRIMARY KEY, -- 'created', 'merged_through', 'indexed_through'
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- machine

-- A rules' and program's version that read documents.
CREATE TABLE IF NOT EXISTS engine (
  engine INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  tables_sha256 TEXT NOT NULL,
  UNIQUE (version, tables_sha256)
) STRICT;

-- Names of the rules and models that claims come from.
CREATE TABLE IF NOT EXISTS rule (
  rule INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  doc INTEGER NOT NULL -- the document that brought it in
) STRICT;
CREATE INDEX IF NOT EXISTS rule_doc ON rule(doc);
INSERT OR IGNORE INTO rule VALUES(1, 'person', 0); -- what persons added

-- A file, or standard input, that items came from.
CREATE TABLE IF NOT EXISTS container (
  container INTEGER PRIMARY KEY,
  path TEXT NOT NULL,   -- as given by the user; '-' is standard input
  kind TEXT NOT NULL,   -- text html rss atom jsonl warc wet
  size INTEGER,         -- bytes as they lie on the disk
  mtime INTEGER,        -- seconds of the Unix epoch
  items INTEGER NOT NULL DEFAULT 0, -- read so far: from here an interrupted ingest goes on
  refused INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  UNIQUE (path)
) STRICT;

-- What could not be read, and how to mend it. Each is a line of the chain.
CREATE TABLE IF NOT EXISTS refusal (
  refusal INTEGER PRIMARY KEY,
  container INTEGER NOT NULL REFERENCES container,
  position INTEGER NOT NULL, -- the item's number in its container, from 0
  line INTEGER NOT NULL,     -- 0: unknown
  code TEXT NOT NULL,        -- kh_status_name
  message TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS outlet (
  outlet INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE IF NOT EXISTS document (
  doc INTEGER PRIMARY KEY,
  id TEXT NOT NULL,               -- as in the record: the input's own id, or made from its name
  container INTEGER NOT NULL REFERENCES container,
  position INTEGER NOT NULL,      -- the item's number in its container, from 0
  line INTEGER NOT NULL DEFAULT 0,
  uri TEXT,                       -- where it was published
  outlet INTEGER REFERENCES outlet,
  title TEXT,
  published TEXT,
  published_from TEXT,            -- input option page text
  fetched TEXT,                   -- ISO 8601
  lang TEXT NOT NULL,
  length INTEGER NOT NULL,        -- bytes of the text
  raw_sha256 BLOB NOT NULL,       -- 32 bytes
  text_sha256 BLOB NOT NULL,
  print BLOB,                     -- fingerprint for near-duplicates
  copy_of INTEGER REFERENCES document, -- the earliest document that this one repeats, or NULL
  engine INTEGER NOT NULL REFERENCES engine
) STRICT;
-- the first eight bytes find it
CREATE INDEX IF NOT EXISTS document_raw ON document(substr(raw_sha256, 1, 8));

CREATE TABLE IF NOT EXISTS body (
  doc INTEGER PRIMARY KEY REFERENCES document,
  text TEXT NOT NULL,
  record BLOB NOT NULL, -- the machine's record, packed (docs/record-file.md)
  raw BLOB              -- zstd of the bytes as they came; NULL where they are the text, or referenced
) STRICT;

-- An item that was in the record already, met once more.
CREATE TABLE IF NOT EXISTS again (
  container INTEGER NOT NULL REFERENCES container,
  position INTEGER NOT NULL,
  doc INTEGER NOT NULL REFERENCES document,
  PRIMARY KEY (container, position)
) STRICT, WITHOUT ROWID;

-- Somebody or something over all reports. Never changed once made, but for merged_into and
-- merged_by.
CREATE TABLE IF NOT EXISTS entity (
  entity INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  named INTEGER NOT NULL, -- 0: known by a description alone («a spokesman of the army»), which
                          -- stands for all who are so described
  name TEXT NOT NULL,
  name_en TEXT,
  name_en_transliterated INTEGER NOT NULL DEFAULT 0,
  known_id TEXT,       -- Wikidata number or khutwa's own
  country TEXT NOT NULL DEFAULT '',
  sector TEXT,
  latitude REAL, longitude REAL,
  place_code TEXT, admin1 TEXT, admin2 TEXT,
  doc INTEGER NOT NULL, -- the document that brought it in
  merged_into INTEGER REFERENCES entity, -- the one that it is held to be; never merged itself
  merged_by INTEGER REFERENCES decision -- which decision says so, or that it stands alone; NULL: what
                                        -- is told over reports does (derived)
) STRICT;

CREATE INDEX IF NOT EXISTS entity_known ON entity(known_id) WHERE known_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS entity_place ON entity(place_code) WHERE place_code IS NOT NULL;
CREATE INDEX IF NOT EXISTS entity_doc ON entity(doc);
CREATE INDEX IF NOT EXISTS entity_merged ON entity(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX IF NOT EXISTS entity_merged_by ON entity(merged_by) WHERE merged_by IS NOT NULL;

-- Each spelling of an entity, folded.
CREATE TABLE IF NOT EXISTS entity_name (
  folded TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  name TEXT NOT NULL,
  doc INTEGER NOT NULL, -- the document that brought it in
  PRIMARY KEY (folded, kind, country, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entity_name_doc ON entity_name(doc); -- what the chain proves of a document, for verifying

-- A role as a report gives it.
CREATE TABLE IF NOT EXISTS entity_role (
  entity INTEGER NOT NULL REFERENCES entity,
  role TEXT NOT NULL,
  first_day TEXT, last_day TEXT,
  doc INTEGER NOT NULL REFERENCES document, -- the first that says so
  PRIMARY KEY (entity, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entity_role_doc ON entity_role(doc);

-- Who a document's record tells of: its entity number n (e<n>) is this one over all reports, as read
-- and as decided. Claims and parts name the same; merged_into leads to the one it was joined to.
CREATE TABLE IF NOT EXISTS document_entity (
  doc INTEGER NOT NULL REFERENCES document, n INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

-- Claims, as the machine read them and decisions changed them. What the machine said stays in
-- body.record, what a person said in decision.
CREATE TABLE IF NOT EXISTS statement (
  doc INTEGER NOT NULL REFERENCES document, n INTEGER NOT NULL,
  cue_start INTEGER NOT NULL, cue_end INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, -- the content
  speaker INTEGER REFERENCES entity,
  mode_code INTEGER NOT NULL, via INTEGER REFERENCES entity,
  day_number INTEGER, -- of the saying, where told, else of publication
  inside INTEGER,
  rule INTEGER NOT NULL REFERENCES rule, permille INTEGER, state_code INTEGER NOT NULL DEFAULT 0,
  mode TEXT AS (
    CASE mode_code WHEN 0 THEN 'direct' WHEN 1 THEN 'indirect' WHEN 2 THEN 'mixed' END),
  day TEXT AS (date(day_number * 86400, 'unixepoch')),
  confidence REAL AS (permille / 1000.0),
  state TEXT AS (
    CASE state_code WHEN 0 THEN 'machine' WHEN 1 THEN 'accepted' WHEN 2 THEN 'corrected'
    WHEN 3 THEN 'rejected' WHEN 4 THEN 'added' END),
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS event (
  doc INTEGER NOT NULL REFERENCES document, n INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, -- the trigger
  type_code INTEGER NOT NULL, mode TEXT, reality_code INTEGER NOT NULL, negated INTEGER NOT NULL,
  place INTEGER REFERENCES entity,
  day_number INTEGER,
  until_number INTEGER,  -- NULL: the same day
  told INTEGER NOT NULL, -- 0: no time was told, the day is that of publication
  statement INTEGER,     -- n of the statement that reports it
  rule INTEGER NOT NULL REFERENCES rule, permille INTEGER, state_code INTEGER NOT NULL DEFAULT 0,
  type TEXT AS (
    CASE type_code WHEN 0 THEN 'AGREE' WHEN 1 THEN 'CONSULT' WHEN 2 THEN 'SUPPORT'
    WHEN 3 THEN 'CONCEDE' WHEN 4 THEN 'COOPERATE' WHEN 5 THEN 'AID' WHEN 6 THEN 'RETREAT'
    WHEN 7 THEN 'REQUEST' WHEN 8 THEN 'ACCUSE' WHEN 9 THEN 'REJECT' WHEN 10 THEN 'THREATEN'
    WHEN 11 THEN 'PROTEST' WHEN 12 THEN 'SANCTION' WHEN 13 THEN 'MOBILIZE' WHEN 14 THEN 'COERCE'
    WHEN 15 THEN 'ASSAULT' END),
  reality TEXT AS (
    CASE reality_code WHEN 0 THEN 'actual' WHEN 1 THEN 'future' WHEN 2 THEN 'possible'
    WHEN 3 THEN 'demanded' WHEN 4 THEN 'conditional' END),
  day TEXT AS (date(day_number * 86400, 'unixepoch')),
  until TEXT AS (date(until_number * 86400, 'unixepoch')),
  day_from TEXT AS (iif(told, 'time', NULL)),
  confidence REAL AS (permille / 1000.0),
  state TEXT AS (
    CASE state_code WHEN 0 THEN 'machine' WHEN 1 THEN 'accepted' WHEN 2 THEN 'corrected'
    WHEN 3 THEN 'rejected' WHEN 4 THEN 'added' END),
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS figure (
  doc INTEGER NOT NULL REFERENCES document, n INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  value REAL NOT NULL, high REAL, bound_code INTEGER NOT NULL, counted_code INTEGER NOT NULL,
  what_code INTEGER NOT NULL, part_of INTEGER, restates INTEGER,
  place INTEGER REFERENCES entity, source INTEGER REFERENCES entity,
  since TEXT, until TEXT, -- a month may stand for its end: '2019-04-END'
  rule INTEGER NOT NULL REFERENCES rule, permille INTEGER, state_code INTEGER NOT NULL DEFAULT 0,
  bound TEXT AS (
    CASE bound_code WHEN 0 THEN 'exact' WHEN 1 THEN 'about' WHEN 2 THEN 'at_least'
    WHEN 3 THEN 'at_most' END),
  counted TEXT AS (
    CASE counted_code WHEN 0 THEN 'persons' WHEN 1 THEN 'civilians' WHEN 2 THEN 'children'
    WHEN 3 THEN 'women' WHEN 4 THEN 'men' WHEN 5 THEN 'families' WHEN 6 THEN 'fighters'
    WHEN 7 THEN 'soldiers' WHEN 8 THEN 'police' WHEN 9 THEN 'medics' WHEN 10 THEN 'rescuers'
    WHEN 11 THEN 'journalists' WHEN 12 THEN 'detainees' WHEN 13 THEN 'refugees'
    WHEN 14 THEN 'students' WHEN 15 THEN 'workers' WHEN 16 THEN 'officials'
    WHEN 17 THEN 'strikes' WHEN 18 THEN 'shells' WHEN 19 THEN 'rockets' WHEN 20 THEN 'vehicles'
    WHEN 21 THEN 'houses' WHEN 22 THEN 'facilities' WHEN 23 THEN 'villages' WHEN 24 THEN 'tents'
    WHEN 25 THEN 'aircraft' WHEN 26 THEN 'other' END),
  what TEXT AS (
    CASE what_code WHEN 0 THEN 'killed' WHEN 1 THEN 'wounded' WHEN 2 THEN 'displaced'
    WHEN 3 THEN 'returned' WHEN 4 THEN 'detained' WHEN 5 THEN 'released' WHEN 6 THEN 'missing'
    WHEN 7 THEN 'abducted' WHEN 8 THEN 'evacuated' WHEN 9 THEN 'besieged' WHEN 10 THEN 'in_need'
    WHEN 11 THEN 'refugees' WHEN 12 THEN 'attacks' WHEN 13 THEN 'destroyed'
    WHEN 14 THEN 'damaged' WHEN 15 THEN 'deployed' WHEN 16 THEN 'surrendered'
    WHEN 17 THEN 'shot_down' WHEN 18 THEN 'other' END),
  confidence REAL AS (permille / 1000.0),
  state TEXT AS (
    CASE state_code WHEN 0 THEN 'machine' WHEN 1 THEN 'accepted' WHEN 2 THEN 'corrected'
    WHEN 3 THEN 'rejected' WHEN 4 THEN 'added' END),
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS step (
  doc INTEGER NOT NULL REFERENCES document, n INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  kind_code INTEGER NOT NULL, status_code INTEGER NOT NULL,
  for_start INTEGER, for_end INTEGER, -- what it is a condition for
  place INTEGER REFERENCES entity, according_to INTEGER REFERENCES entity,
  statement INTEGER, as_of_number INTEGER, same_as INTEGER,
  rule INTEGER NOT NULL REFERENCES rule, permille INTEGER, state_code INTEGER NOT NULL DEFAULT 0,
  kind TEXT AS (
    CASE kind_code WHEN 0 THEN 'ceasefire' WHEN 1 THEN 'withdrawal' WHEN 2 THEN 'talks'
    WHEN 3 THEN 'agreement' WHEN 4 THEN 'political_process' WHEN 5 THEN 'consent'
    WHEN 6 THEN 'detainees' WHEN 7 THEN 'aid_access' WHEN 8 THEN 'return'
    WHEN 9 THEN 'sanctions_relief' WHEN 10 THEN 'elections' WHEN 11 THEN 'disarmament'
    WHEN 12 THEN 'deployment_of_observers' WHEN 13 THEN 'safe_zone' WHEN 14 THEN 'opening'
    WHEN 15 THEN 'investigation' WHEN 16 THEN 'counterterrorism' WHEN 17 THEN 'recognition'
    WHEN 18 THEN 'reconstruction' WHEN 19 THEN 'evacuation' WHEN 20 THEN 'security_guarantee'
    WHEN 21 THEN 'other' END),
  status TEXT AS (
    CASE status_code WHEN 0 THEN 'demanded' WHEN 1 THEN 'conditional' WHEN 2 THEN 'promised'
    WHEN 3 THEN 'agreed' WHEN 4 THEN 'under_way' WHEN 5 THEN 'met' WHEN 6 THEN 'not_met'
    WHEN 7 THEN 'refused' WHEN 8 THEN 'violated' WHEN 9 THEN 'suspended' END),
  as_of TEXT AS (date(as_of_number * 86400, 'unixepoch')),
  confidence REAL AS (permille / 1000.0),
  state TEXT AS (
    CASE state_code WHEN 0 THEN 'machine' WHEN 1 THEN 'accepted' WHEN 2 THEN 'corrected'
    WHEN 3 THEN 'rejected' WHEN 4 THEN 'added' END),
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

-- Who takes part in a claim: the lists of the record. The speaker of a statement stands in its row
-- alone; the view `parts` has all.
CREATE TABLE IF NOT EXISTS part (
  doc INTEGER NOT NULL, n INTEGER NOT NULL,
  role_code INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  layer TEXT AS (CASE WHEN role_code < 3 THEN 's' WHEN role_code < 5 THEN 'v' ELSE 'p' END),
  role TEXT AS (
    CASE role_code WHEN 0 THEN 'speaker' WHEN 1 THEN 'with' WHEN 2 THEN 'to' WHEN 3 THEN 'actor'
    WHEN 4 THEN 'recipient' WHEN 5 THEN 'by' WHEN 6 THEN 'asked_by' END),
  PRIMARY KEY (doc, n, role_code, entity)
) STRICT, WITHOUT ROWID;

-- ---- decisions

-- What a person decided. Its number is that of its line in the chain. Nothing of it ever changes but
-- `undone` and `changed`.
CREATE TABLE IF NOT EXISTS decision (
  decision INTEGER PRIMARY KEY, -- = audit.seq
  at TEXT NOT NULL, -- ISO 8601, UTC
  user TEXT NOT NULL,
  action TEXT NOT NULL, -- accept correct reject add split merge unmerge note
  layer TEXT NOT NULL,  -- f s v p: claims; e: an entity of one report; E: entities over all reports;
                        -- h r l: happenings, series, entries of the ledger
  doc INTEGER,          -- the document of claims and of e; else NULL
  before TEXT,          -- JSON: the fields as they were
  after TEXT,           -- JSON: the fields that change, parts, or what was added
  note TEXT,
  undone INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL -- audit.seq of the last line about it: itself, its undo or redo
) STRICT;
CREATE INDEX IF NOT EXISTS decision_doc ON decision(doc) WHERE doc IS NOT NULL;

-- What a decision is about: number 0 is its claim, further ones those that it names beside it.
-- Happenings, series and entries stand here as a claim of theirs (layers v, f, p); entities over all
-- reports as layer E with doc 0. start, end (bytes) and type are what the claim is known by when its
-- document is read again: n follows it, and attached is 0 while it cannot be found.
CREATE TABLE IF NOT EXISTS decision_target (
  decision INTEGER NOT NULL REFERENCES decision, number INTEGER NOT NULL,
  layer TEXT NOT NULL, doc INTEGER NOT NULL, n INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, type TEXT NOT NULL,
  attached INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (decision, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS decision_target_claim ON decision_target(doc, layer, n);

-- Append-only. hash = SHA-256 (prev || the other columns, each with its length before it).
CREATE TABLE IF NOT EXISTS audit (
  seq INTEGER PRIMARY KEY, -- 1, 2, 3 ... without a gap
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  action TEXT NOT NULL, -- create import refuse reread accept correct reject add split merge unmerge note undo redo export migrate
  subject TEXT NOT NULL, -- D12, D12.v3, E77, refusal 3, or a path
  detail TEXT NOT NULL,  -- JSON
  digest BLOB NOT NULL,  -- SHA-256 of the content that came into being
  hash BLOB NOT NULL
) STRICT;

-- ---- derived

-- The rules are told in docs/merging.md. Numbers of happenings, series and entries are made of their
-- first mention: doc * 1048576 + n; their public ids are H12.3, R12.3 and L12.3 for (12, 3). Entities
-- stand here as those they are known to be (merged_into).

-- One thing that happened, however many reports tell it.
CREATE TABLE IF NOT EXISTS happening (
  happening INTEGER PRIMARY KEY,
  type_code INTEGER NOT NULL, mode TEXT,
  day_number INTEGER,   -- the first day that it may have happened on
  until_number INTEGER, -- the last one, where that is another
  told INTEGER, -- 1: some report tells the day; 0: it is that of the first report; NULL: none is known
  place INTEGER REFERENCES entity,
  mentions INTEGER NOT NULL, documents INTEGER NOT NULL,
  sources INTEGER NOT NULL, -- outlets, copies of one agency's text counted once
  denied INTEGER NOT NULL DEFAULT 0, -- some mention is negated
  doc INTEGER AS (happening >> 20), n INTEGER AS (happening & 1048575),
  type TEXT AS (
    CASE type_code WHEN 0 THEN 'AGREE' WHEN 1 THEN 'CONSULT' WHEN 2 THEN 'SUPPORT'
    WHEN 3 THEN 'CONCEDE' WHEN 4 THEN 'COOPERATE' WHEN 5 THEN 'AID' WHEN 6 THEN 'RETREAT'
    WHEN 7 THEN 'REQUEST' WHEN 8 THEN 'ACCUSE' WHEN 9 THEN 'REJECT' WHEN 10 THEN 'THREATEN'
    WHEN 11 THEN 'PROTEST' WHEN 12 THEN 'SANCTION' WHEN 13 THEN 'MOBILIZE' WHEN 14 THEN 'COERCE'
    WHEN 15 THEN 'ASSAULT' END),
  day TEXT AS (date(day_number * 86400, 'unixepoch')),
  until TEXT AS (date(until_number * 86400, 'unixepoch')),
  day_from TEXT AS (CASE told WHEN 1 THEN 'time' WHEN 0 THEN 'published' END)
) STRICT;

CREATE TABLE IF NOT EXISTS happening_event (
  doc INTEGER NOT NULL, n INTEGER NOT NULL, happening INTEGER NOT NULL REFERENCES happening,
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

-- Figures of one thing: what befell whom where in one happening or period.
CREATE TABLE IF NOT EXISTS series (
  series INTEGER PRIMARY KEY,
  what_code INTEGER NOT NULL, counted_code INTEGER NOT NULL,
  part INTEGER NOT NULL, -- 1: parts of other figures («among them ...»)
  place INTEGER REFERENCES entity,
  since_number INTEGER, until_number INTEGER,
  low REAL NOT NULL, high REAL NOT NULL,
  best REAL NOT NULL, best_doc INTEGER NOT NULL, best_n INTEGER NOT NULL, -- the figure that gives it
  figures INTEGER NOT NULL, -- a value that one source repeats counts once
  sources INTEGER NOT NULL,
  happening INTEGER REFERENCES happening,
  what TEXT AS (
    CASE what_code WHEN 0 THEN 'killed' WHEN 1 THEN 'wounded' WHEN 2 THEN 'displaced'
    WHEN 3 THEN 'returned' WHEN 4 THEN 'detained' WHEN 5 THEN 'released' WHEN 6 THEN 'missing'
    WHEN 7 THEN 'abducted' WHEN 8 THEN 'evacuated' WHEN 9 THEN 'besieged' WHEN 10 THEN 'in_need'
    WHEN 11 THEN 'refugees' WHEN 12 THEN 'attacks' WHEN 13 THEN 'destroyed'
    WHEN 14 THEN 'damaged' WHEN 15 THEN 'deployed' WHEN 16 THEN 'surrendered'
    WHEN 17 THEN 'shot_down' WHEN 18 THEN 'other' END),
  counted TEXT AS (
    CASE counted_code WHEN 0 THEN 'persons' WHEN 1 THEN 'civilians' WHEN 2 THEN 'children'
    WHEN 3 THEN 'women' WHEN 4 THEN 'men' WHEN 5 THEN 'families' WHEN 6 THEN 'fighters'
    WHEN 7 THEN 'soldiers' WHEN 8 THEN 'police' WHEN 9 THEN 'medics' WHEN 10 THEN 'rescuers'
    WHEN 11 THEN 'journalists' WHEN 12 THEN 'detainees' WHEN 13 THEN 'refugees'
    WHEN 14 THEN 'students' WHEN 15 THEN 'workers' WHEN 16 THEN 'officials'
    WHEN 17 THEN 'strikes' WHEN 18 THEN 'shells' WHEN 19 THEN 'rockets' WHEN 20 THEN 'vehicles'
    WHEN 21 THEN 'houses' WHEN 22 THEN 'facilities' WHEN 23 THEN 'villages' WHEN 24 THEN 'tents'
    WHEN 25 THEN 'aircraft' WHEN 26 THEN 'other' END),
  since TEXT AS (date(since_number * 86400, 'unixepoch')),
  until TEXT AS (date(until_number * 86400, 'unixepoch'))
) STRICT;

CREATE TABLE IF NOT EXISTS series_figure (
  doc INTEGER NOT NULL, n INTEGER NOT NULL, series INTEGER NOT NULL REFERENCES series,
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

-- The ledger of steps: one step over all reports.
CREATE TABLE IF NOT EXISTS ledger (
  entry INTEGER PRIMARY KEY,
  kind_code INTEGER NOT NULL, place INTEGER REFERENCES entity,
  process TEXT,      -- the talks or agreement it belongs to, where told
  status_code INTEGER NOT NULL, status_day_number INTEGER, -- the latest
  first_day_number INTEGER, last_day_number INTEGER,
  mentions INTEGER NOT NULL, sources INTEGER NOT NULL,
  doc INTEGER AS (entry >> 20), n INTEGER AS (entry & 1048575),
  kind TEXT AS (
    CASE kind_code WHEN 0 THEN 'ceasefire' WHEN 1 THEN 'withdrawal' WHEN 2 THEN 'talks'
    WHEN 3 THEN 'agreement' WHEN 4 THEN 'political_process' WHEN 5 THEN 'consent'
    WHEN 6 THEN 'detainees' WHEN 7 THEN 'aid_access' WHEN 8 THEN 'return'
    WHEN 9 THEN 'sanctions_relief' WHEN 10 THEN 'elections' WHEN 11 THEN 'disarmament'
    WHEN 12 THEN 'deployment_of_observers' WHEN 13 THEN 'safe_zone' WHEN 14 THEN 'opening'
    WHEN 15 THEN 'investigation' WHEN 16 THEN 'counterterrorism' WHEN 17 THEN 'recognition'
    WHEN 18 THEN 'reconstruction' WHEN 19 THEN 'evacuation' WHEN 20 THEN 'security_guarantee'
    WHEN 21 THEN 'other' END),
  status TEXT AS (
    CASE status_code WHEN 0 THEN 'demanded' WHEN 1 THEN 'conditional' WHEN 2 THEN 'promised'
    WHEN 3 THEN 'agreed' WHEN 4 THEN 'under_way' WHEN 5 THEN 'met' WHEN 6 THEN 'not_met'
    WHEN 7 THEN 'refused' WHEN 8 THEN 'violated' WHEN 9 THEN 'suspended' END),
  status_day TEXT AS (date(status_day_number * 86400, 'unixepoch')),
  first_day TEXT AS (date(first_day_number * 86400, 'unixepoch')),
  last_day TEXT AS (date(last_day_number * 86400, 'unixepoch'))
) STRICT;

CREATE TABLE IF NOT EXISTS ledger_part (
  entry INTEGER NOT NULL REFERENCES ledger, role_code INTEGER NOT NULL, -- as in part
  entity INTEGER NOT NULL REFERENCES entity,
  role TEXT AS (CASE role_code WHEN 5 THEN 'by' WHEN 6 THEN 'asked_by' END),
  PRIMARY KEY (entry, role_code, entity)
) STRICT, WITHOUT ROWID;

-- Every mention of a step is a line of its history.
CREATE TABLE IF NOT EXISTS ledger_step (
  doc INTEGER NOT NULL, n INTEGER NOT NULL, entry INTEGER NOT NULL REFERENCES ledger,
  day_number INTEGER, status_code INTEGER NOT NULL, according_to INTEGER REFERENCES entity,
  day TEXT AS (date(day_number * 86400, 'unixepoch')),
  status TEXT AS (
    CASE status_code WHEN 0 THEN 'demanded' WHEN 1 THEN 'conditional' WHEN 2 THEN 'promised'
    WHEN 3 THEN 'agreed' WHEN 4 THEN 'under_way' WHEN 5 THEN 'met' WHEN 6 THEN 'not_met'
    WHEN 7 THEN 'refused' WHEN 8 THEN 'violated' WHEN 9 THEN 'suspended' END),
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

-- `needs` must come before `entry` can; (doc, n) is the step mention that says so.
CREATE TABLE IF NOT EXISTS condition (
  doc INTEGER NOT NULL, n INTEGER NOT NULL,
  needs INTEGER NOT NULL REFERENCES ledger,
  entry INTEGER REFERENCES ledger, -- NULL: what it is a condition for is no step of its own
  PRIMARY KEY (doc, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS contradiction (
  contradiction INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, -- figure event step
  of INTEGER,         -- series, happening or ledger entry
  doc_a INTEGER NOT NULL, n_a INTEGER NOT NULL,
  doc_b INTEGER NOT NULL, n_b INTEGER NOT NULL,
  note TEXT NOT NULL  -- JSON: what each says: {"a":3,"b":5}, {"a":"told","b":"denied"}
) STRICT;

-- Two entities that may be one: for a person to decide.
CREATE TABLE IF NOT EXISTS proposal (
  a INTEGER NOT NULL REFERENCES entity, b INTEGER NOT NULL REFERENCES entity,
  reason TEXT NOT NULL, score REAL NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
