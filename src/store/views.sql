-- SPDX-License-Identifier: Apache-2.0
-- What users and other programs may rely on; described in docs/record-file.md. Made anew whenever
-- the form of the file changes. None of them touches the full-text table.
--
-- Ids are the public ones (D12, D12.v3, E77). Entities are those that others were joined into.
-- Quotes are cut out of the text by bytes; rejected claims are left out (all_claims has them).

CREATE VIEW documents AS
SELECT 'D' || d.doc AS id, d.id AS input_id, c.path AS container, d.position, d.line, d.uri,
       o.name AS outlet, d.title, d.published, d.published_from, d.fetched, d.lang,
       d.length AS bytes, lower(hex(d.raw_sha256)) AS raw_sha256,
       lower(hex(d.text_sha256)) AS text_sha256,
       CASE WHEN d.copy_of IS NULL THEN NULL ELSE 'D' || d.copy_of END AS copy_of,
       g.version AS read_by, g.tables_sha256 AS read_with, b.text
FROM document d
JOIN container c ON c.container = d.container
JOIN engine g ON g.engine = d.engine
JOIN body b ON b.doc = d.doc
LEFT JOIN outlet o ON o.outlet = d.outlet;

-- The entity that each is now known to be, and its name.
CREATE VIEW entities AS
SELECT 'E' || e.entity AS id, e.kind, e.named, e.name, e.name_en, e.name_en_transliterated,
       e.known_id, nullif(e.country, '') AS country, e.sector, e.latitude, e.longitude,
       e.place_code, e.admin1, e.admin2
FROM entity e
WHERE e.merged_into IS NULL;

CREATE VIEW entity_names AS
SELECT 'E' || coalesce(e.merged_into, e.entity) AS entity, n.name, n.folded
FROM entity_name n JOIN entity e ON e.entity = n.entity;

CREATE VIEW entity_roles AS
SELECT 'E' || coalesce(e.merged_into, e.entity) AS entity, r.role, r.first_day, r.last_day,
       'D' || r.doc AS document
FROM entity_role r JOIN entity e ON e.entity = r.entity;

CREATE VIEW document_entities AS
SELECT 'D' || de.doc AS document, 'D' || de.doc || '.e' || de.n AS id,
       'E' || coalesce(e.merged_into, e.entity) AS entity, de.mentions
FROM document_entity de JOIN entity e ON e.entity = de.entity;

CREATE VIEW statements AS
SELECT 'D' || s.doc || '.s' || s.n AS id, 'D' || s.doc AS document,
       'E' || coalesce(p.merged_into, p.entity) AS speaker, p.name AS speaker_name,
       s.mode, s.day,
       CAST(substr(CAST(b.text AS BLOB), s.start + 1, s.end - s.start) AS TEXT) AS content,
       CAST(substr(CAST(b.text AS BLOB), s.cue_start + 1, s.cue_end - s.cue_start) AS TEXT) AS cue,
       CASE WHEN s.via IS NULL THEN NULL ELSE 'E' || s.via END AS via,
       CASE WHEN s.inside IS NULL THEN NULL ELSE 'D' || s.doc || '.s' || s.inside END AS inside,
       s.start, s.end, r.name AS rule, s.confidence, s.state
FROM statement s
JOIN body b ON b.doc = s.doc
JOIN rule r ON r.rule = s.rule
LEFT JOIN entity p ON p.entity = s.speaker
WHERE s.state_code <> 3;

CREATE VIEW events AS
SELECT 'D' || v.doc || '.v' || v.n AS id, 'D' || v.doc AS document, v.type, v.mode, v.reality,
       v.negated,
       CASE WHEN l.entity IS NULL THEN NULL ELSE 'E' || coalesce(l.merged_into, l.entity) END AS place,
       l.name AS place_name, v.day, coalesce(v.until, v.day) AS until,
       iif(v.day IS NULL, NULL, coalesce(v.day_from, 'published')) AS day_from,
       CAST(substr(CAST(b.text AS BLOB), v.start + 1, v.end - v.start) AS TEXT) AS trigger,
       CASE WHEN v.statement IS NULL THEN NULL ELSE 'D' || v.doc || '.s' || v.statement END
         AS statement,
       v.start, v.end, r.name AS rule, v.confidence, v.state
FROM event v
JOIN body b ON b.doc = v.doc
JOIN rule r ON r.rule = v.rule
LEFT JOIN entity l ON l.entity = v.place
WHERE v.state_code <> 3;

CREATE VIEW figures AS
SELECT 'D' || f.doc || '.f' || f.n AS id, 'D' || f.doc AS document, f.value, f.high, f.bound,
       f.counted, f.what,
       CASE WHEN l.entity IS NULL THEN NULL ELSE 'E' || coalesce(l.merged_into, l.entity) END AS place,
       l.name AS place_name,
       CASE WHEN w.entity IS NULL THEN NULL ELSE 'E' || coalesce(w.merged_into, w.entity) END AS source,
       w.name AS source_name, f.since, f.until,
       CASE WHEN f.part_of IS NULL THEN NULL ELSE 'D' || f.doc || '.f' || f.part_of END AS part_of,
       CASE WHEN f.restates IS NULL THEN NULL ELSE 'D' || f.doc || '.f' || f.restates END AS restates,
       CAST(substr(CAST(b.text AS BLOB), f.start + 1, f.end - f.start) AS TEXT) AS quote,
       f.start, f.end, r.name AS rule, f.confidence, f.state
FROM figure f
JOIN body b ON b.doc = f.doc
JOIN rule r ON r.rule = f.rule
LEFT JOIN entity l ON l.entity = f.place
LEFT JOIN entity w ON w.entity = f.source
WHERE f.state_code <> 3;

CREATE VIEW steps AS
SELECT 'D' || p.doc || '.p' || p.n AS id, 'D' || p.doc AS document, p.kind, p.status, p.as_of,
       CASE WHEN l.entity IS NULL THEN NULL ELSE 'E' || coalesce(l.merged_into, l.entity) END AS place,
       l.name AS place_name,
       CASE WHEN a.entity IS NULL THEN NULL ELSE 'E' || coalesce(a.merged_into, a.entity) END
         AS according_to,
       a.name AS according_to_name,
       CAST(substr(CAST(b.text AS BLOB), p.start + 1, p.end - p.start) AS TEXT) AS what,
       CASE WHEN p.for_start IS NULL THEN NULL ELSE
         CAST(substr(CAST(b.text AS BLOB), p.for_start + 1, p.for_end - p.for_start) AS TEXT) END
         AS condition_for,
       CASE WHEN p.statement IS NULL THEN NULL ELSE 'D' || p.doc || '.s' || p.statement END
         AS statement,
       CASE WHEN p.same_as IS NULL THEN NULL ELSE 'D' || p.doc || '.p' || p.same_as END AS same_as,
       p.start, p.end, r.name AS rule, p.confidence, p.state
FROM step p
JOIN body b ON b.doc = p.doc
JOIN rule r ON r.rule = p.rule
LEFT JOIN entity l ON l.entity = p.place
LEFT JOIN entity a ON a.entity = p.according_to
WHERE p.state_code <> 3;

-- Who takes part in a claim. role: speaker with to (statements), actor recipient (events), by
-- asked_by (steps).
CREATE VIEW parts AS
SELECT 'D' || p.doc || '.' || p.layer || p.n AS claim, p.role,
       'E' || coalesce(e.merged_into, e.entity) AS entity, e.name
FROM part p JOIN entity e ON e.entity = p.entity
UNION ALL
SELECT 'D' || s.doc || '.s' || s.n, 'speaker', 'E' || coalesce(e.merged_into, e.entity), e.name
FROM statement s JOIN entity e ON e.entity = s.speaker;

-- Every claim of every layer with its state, rejected ones too.
CREATE VIEW all_claims AS
SELECT 'D' || doc || '.f' || n AS id, 'f' AS layer, doc, n, start, end, state, confidence FROM figure
UNION ALL
SELECT 'D' || doc || '.s' || n, 's', doc, n, cue_start, cue_end, state, confidence FROM statement
UNION ALL
SELECT 'D' || doc || '.v' || n, 'v', doc, n, start, end, state, confidence FROM event
UNION ALL
SELECT 'D' || doc || '.p' || n, 'p', doc, n, start, end, state, confidence FROM step;

CREATE VIEW decisions AS
SELECT d.decision AS id, d.at, d.user, d.action, d.layer,
       CASE WHEN t.layer = 'E' THEN 'E' || t.n
            ELSE 'D' || t.doc || '.' || t.layer || t.n END AS target,
       t.attached, d.before, d.after, d.note, d.undone
FROM decision d LEFT JOIN decision_target t ON t.decision = d.decision AND t.number = 0;

-- What persons said of two claims (layers h r l, as layer and n of a claim) or entities (E): that they
-- are one thing (same = 1) or not.
CREATE VIEW links AS
SELECT d.decision, d.layer, a.doc AS doc_a, a.n AS n_a, b.doc AS doc_b, b.n AS n_b,
       d.action = 'merge' AS same
FROM decision d
JOIN decision_target a ON a.decision = d.decision AND a.number = 0
JOIN decision_target b ON b.decision = d.decision AND b.number > 0
WHERE d.layer IN ('h', 'r', 'l', 'E') AND d.action IN ('merge', 'split', 'reject')
  AND NOT d.undone AND a.attached AND b.attached;

CREATE VIEW audit_log AS
SELECT seq, at, user, action, subject, detail, lower(hex(digest)) AS digest,
       lower(hex(hash)) AS hash
FROM audit;

CREATE VIEW happenings AS
SELECT 'H' || h.doc || '.' || h.n AS id, h.type, h.mode, h.day, h.until,
       CASE WHEN l.entity IS NULL THEN NULL ELSE 'E' || coalesce(l.merged_into, l.entity) END AS place,
       l.name AS place_name, h.mentions, h.documents, h.sources, h.denied
FROM happening h LEFT JOIN entity l ON l.entity = h.place;

CREATE VIEW happening_events AS
SELECT 'H' || h.doc || '.' || h.n AS happening, 'D' || e.doc || '.v' || e.n AS event
FROM happening_event e JOIN happening h ON h.happening = e.happening;

-- Figures of one thing side by side, and which figures these are.
CREATE VIEW figure_series AS
SELECT (SELECT 'R' || f.doc || '.' || f.n FROM series_figure f WHERE f.series = s.series
        ORDER BY f.doc, f.n LIMIT 1) AS id, s.series, s.what, s.counted, s.part,
       CASE WHEN l.entity IS NULL THEN NULL ELSE 'E' || coalesce(l.merged_into, l.entity) END AS place,
       l.name AS place_name, s.since, s.until, s.low, s.high, s.best, s.figures, s.sources
FROM series s LEFT JOIN entity l ON l.entity = s.place;

CREATE VIEW figure_series_figures AS
SELECT f.series, 'D' || f.doc || '.f' || f.n AS figure FROM series_figure f;

-- The ledger of steps, and the history of each entry.
CREATE VIEW ledger_entries AS
SELECT 'L' || e.doc || '.' || e.n AS id, e.kind, e.process, e.status, e.status_day, e.first_day,
       e.last_day,
       CASE WHEN l.entity IS NULL THEN NULL ELSE 'E' || coalesce(l.merged_into, l.entity) END AS place,
       l.name AS place_name, e.mentions, e.sources
FROM ledger e LEFT JOIN entity l ON l.entity = e.place;

CREATE VIEW ledger_history AS
SELECT 'L' || e.doc || '.' || e.n AS entry, 'D' || s.doc || '.p' || s.n AS step, s.day, s.status,
       CASE WHEN a.entity IS NULL THEN NULL ELSE 'E' || coalesce(a.merged_into, a.entity) END
         AS according_to,
       a.name AS according_to_name
FROM ledger_step s JOIN ledger e ON e.entry = s.entry LEFT JOIN entity a ON a.entity = s.according_to;

CREATE VIEW contradictions AS
SELECT kind, 'D' || doc_a || CASE kind WHEN 'figure' THEN '.f' WHEN 'event' THEN '.v' ELSE '.p' END
       || n_a AS a,
       'D' || doc_b || CASE kind WHEN 'figure' THEN '.f' WHEN 'event' THEN '.v' ELSE '.p' END || n_b
       AS b, note
FROM contradiction;
