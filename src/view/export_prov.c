// SPDX-License-Identifier: Apache-2.0
// Where everything comes from, in PROV-O's terms, as Turtle.
#include "view/export.h"

#include <string.h>

static const char *const head = "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
                                "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
                                "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
                                "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
                                "@prefix k: <urn:khutwa:> .\n"
                                "@prefix kt: <urn:khutwa:term:> .\n\n";

// ------------------------------------------------------------------ pieces

static void put_string(kh_exporting *x, const char *lead, const char *text) {
  if (!*text) return;
  kh_puts(&x->out, lead);
  kh_put_json(&x->out, text, strlen(text)); // its escapes are Turtle's, too
}

static void put_typed(kh_exporting *x, const char *lead, const char *text, const char *type) {
  if (!*text) return;
  put_string(x, lead, text);
  kh_puts(&x->out, "^^xsd:");
  kh_puts(&x->out, type);
}

static void put_link(kh_exporting *x, const char *lead, const char *id) {
  if (!*id) return;
  kh_puts(&x->out, lead);
  kh_puts(&x->out, "k:");
  kh_puts(&x->out, id);
}

// An address that Turtle cannot hold is left out.
static void put_address(kh_exporting *x, const char *lead, const char *uri) {
  if (!strchr(uri, ':')) return;
  for (const char *at = uri; *at; at++)
    if ((unsigned char)*at <= ' ' || strchr("<>\"{}|^`\\", *at)) return;
  kh_puts(&x->out, lead);
  kh_putc(&x->out, '<');
  kh_puts(&x->out, uri);
  kh_putc(&x->out, '>');
}

static void end(kh_exporting *x) {
  kh_puts(&x->out, " .\n");
  x->rows++;
}

typedef void (*row_fn)(kh_exporting *x, kh_select *s);

static kh_status put_rows(kh_exporting *x, const char *sql, row_fn put) {
  kh_select s;
  kh_select_begin(&s, x->store, x->error);
  kh_select_add(&s, sql);
  kh_status status;
  while ((status = kh_select_next(&s)) == KH_OK && (status = kh_export_check(x)) == KH_OK)
    put(x, &s);
  kh_select_end(&s);
  return status == KH_END ? KH_OK : status;
}

#define T(column) kh_select_column(s, column)

// ------------------------------------------------------------------ what there is

static const char *const engines =
    "SELECT engine, version, tables_sha256 FROM engine WHERE engine IN "
    "(SELECT engine FROM document WHERE doc IN (SELECT doc FROM temp.chosen))";

static void put_engine(kh_exporting *x, kh_select *s) {
  put_link(x, "", "engine-");
  kh_puts(&x->out, T(0));
  put_string(x, " a prov:SoftwareAgent ; rdfs:label ", T(1));
  put_string(x, " ; kt:tables ", T(2));
  end(x);
  put_link(x, "", "reading-");
  kh_puts(&x->out, T(0));
  kh_puts(&x->out, " a prov:Activity ; prov:wasAssociatedWith k:engine-");
  kh_puts(&x->out, T(0));
  end(x);
}

static const char *const documents =
    "SELECT 'D' || d.doc, d.title, o.name, substr(d.published, 1, 10), d.uri, "
    "lower(hex(d.raw_sha256)), lower(hex(d.text_sha256)), 'D' || d.copy_of, d.lang "
    "FROM document d LEFT JOIN outlet o ON o.outlet = d.outlet "
    "WHERE d.doc IN (SELECT doc FROM temp.chosen) ORDER BY d.doc";

static void put_document(kh_exporting *x, kh_select *s) {
  put_link(x, "", T(0));
  kh_puts(&x->out, " a prov:Entity, kt:Report");
  put_string(x, " ; dcterms:title ", T(1));
  put_string(x, " ; dcterms:publisher ", T(2));
  put_typed(x, " ; dcterms:issued ", T(3), "date");
  put_address(x, " ; prov:hadPrimarySource ", T(4));
  put_string(x, " ; kt:rawSha256 ", T(5));
  put_string(x, " ; kt:textSha256 ", T(6));
  put_link(x, " ; prov:wasDerivedFrom ", T(7));
  put_string(x, " ; dcterms:language ", T(8));
  end(x);
}

static const char *const agents =
    "SELECT DISTINCT 'E' || c.entity, c.name, c.name_en, c.kind FROM statement q "
    "JOIN entity e ON e.entity = q.speaker JOIN entity c "
    "ON c.entity = coalesce(e.merged_into, e.entity) WHERE q.doc IN (SELECT doc FROM temp.chosen) "
    "ORDER BY c.entity";

static void put_agent(kh_exporting *x, kh_select *s) {
  put_link(x, "", T(0));
  kh_puts(&x->out, strcmp(T(3), "person") == 0 ? " a prov:Person" : " a prov:Agent");
  put_string(x, " ; rdfs:label ", T(1));
  put_string(x, " ; kt:nameEnglish ", T(2));
  end(x);
}

#define CLAIMS(letter, name, table, type, value, speaker)                                          \
  "SELECT 'D' || c.doc || '." letter "' || c.n, 'D' || c.doc, '" name "', " type ", " value ", "   \
  "CAST(substr(CAST(b.text AS BLOB), c.start + 1, c.end - c.start) AS TEXT), c.start, "            \
  "c.end, " speaker ", d.engine, c.state, r.name FROM " table                                      \
  " c JOIN document d ON d.doc = c.doc "                                                           \
  "JOIN body b ON b.doc = c.doc JOIN rule r ON r.rule = c.rule "                                   \
  "WHERE c.doc IN (SELECT doc FROM temp.chosen) ORDER BY c.doc, c.n"
#define SPEAKER                                                                                    \
  "(SELECT 'E' || coalesce(e.merged_into, e.entity) FROM entity e WHERE e.entity = c.speaker)"

static const char *const claims[] = {
    CLAIMS("s", "Statement", "statement", "c.mode", "NULL", SPEAKER),
    CLAIMS("v", "Event", "event", "c.type", "c.reality || iif(c.negated, ' negated', '')", "NULL"),
    CLAIMS("f", "Figure", "figure", "c.what", "CAST(c.value AS TEXT)", "NULL"),
    CLAIMS("p", "Step", "step", "c.kind", "c.status", "NULL"),
};

enum { ID, DOCUMENT, NAME, TYPE, VALUE, WORDS, START, END, SPEAKS, ENGINE, STATE, RULE };

static void put_claim(kh_exporting *x, kh_select *s) {
  put_link(x, "", T(ID));
  kh_puts(&x->out, " a prov:Entity, kt:");
  kh_puts(&x->out, T(NAME));
  put_string(x, " ; kt:type ", T(TYPE));
  put_string(x, " ; kt:value ", T(VALUE));
  put_string(x, " ; prov:value ", T(WORDS));
  kh_puts(&x->out, " ; kt:start ");
  kh_puts(&x->out, T(START));
  kh_puts(&x->out, " ; kt:end ");
  kh_puts(&x->out, T(END));
  put_link(x, " ; prov:wasQuotedFrom ", T(DOCUMENT));
  put_link(x, " ; prov:wasAttributedTo ", T(SPEAKS));
  kh_puts(&x->out, " ; prov:wasGeneratedBy k:reading-");
  kh_puts(&x->out, T(ENGINE));
  put_string(x, " ; kt:rule ", T(RULE));
  put_string(x, " ; kt:state ", T(STATE));
  end(x);
}

#define MERGED(letter, name, table, link, key, type, mention)                                      \
  "SELECT '" letter "' || z.doc || '.' || z.n, '" name "', g." type ", "                           \
  "'D' || m.doc || '." mention "' || m.n FROM " link " m JOIN " table " g ON g." key " = m." key   \
  " JOIN (SELECT " key ", min(doc * 1048576 + n), doc, n FROM " link " GROUP BY " key ") z "       \
  "ON z." key " = m." key " WHERE m.doc IN (SELECT doc FROM temp.chosen) ORDER BY 1, m.doc, m.n"

static const char *const merged[] = {
    MERGED("H", "Happening", "happening", "happening_event", "happening", "type", "v"),
    MERGED("R", "Series", "series", "series_figure", "series", "what", "f"),
    MERGED("L", "LedgerEntry", "ledger", "ledger_step", "entry", "kind", "p"),
};

static void put_merged(kh_exporting *x, kh_select *s) {
  put_link(x, "", T(0));
  kh_puts(&x->out, " a prov:Entity, kt:");
  kh_puts(&x->out, T(1));
  put_string(x, " ; kt:type ", T(2));
  put_link(x, " ; prov:wasDerivedFrom ", T(3));
  end(x);
}

static const char *const decisions =
    "SELECT 'decision-' || d.decision, d.user, d.at, d.action, (SELECT 'D' || t.doc || '.' || "
    "t.layer || t.n FROM decision_target t WHERE t.decision = d.decision AND t.number = 0 "
    "AND t.layer IN ('s', 'v', 'f', 'p')), d.undone FROM decision d "
    "WHERE d.doc IN (SELECT doc FROM temp.chosen) ORDER BY d.decision";

static void put_decision(kh_exporting *x, kh_select *s) {
  put_link(x, "", T(0));
  put_string(x, " a prov:Activity ; prov:wasAssociatedWith [ a prov:Person ; rdfs:label ", T(1));
  kh_puts(&x->out, " ]");
  put_typed(x, " ; prov:endedAtTime ", T(2), "dateTime");
  put_string(x, " ; kt:action ", T(3));
  put_link(x, " ; prov:used ", T(4));
  kh_puts(&x->out, kh_select_number(s, 5) ? " ; kt:undone true" : " ; kt:undone false");
  end(x);
}

kh_status kh_export_prov(kh_exporting *x) {
  kh_puts(&x->out, "# ");
  kh_puts(&x->out, kh_export_describe(KH_EXPORT_PROV)->loses);
  kh_putc(&x->out, '\n');
  kh_puts(&x->out, head);
  kh_status status = put_rows(x, engines, put_engine);
  if (status == KH_OK) status = put_rows(x, documents, put_document);
  if (status == KH_OK) status = put_rows(x, agents, put_agent);
  for (size_t i = 0; status == KH_OK && i < sizeof claims / sizeof *claims; i++)
    status = put_rows(x, claims[i], put_claim);
  for (size_t i = 0; status == KH_OK && i < sizeof merged / sizeof *merged; i++)
    status = put_rows(x, merged[i], put_merged);
  return status == KH_OK ? put_rows(x, decisions, put_decision) : status;
}
