// SPDX-License-Identifier: Apache-2.0
// CAMEO dyads, a line each, tab-separated, as coders of the TABARI family write them.
#include "view/occurrence.h"
#include "view/plover.h"

#include <math.h>
#include <string.h>

static const char *const header =
    "id\tdate\tsource\ttarget\tcode\tquad\tsource_text\ttarget_text\tevent_text\tplace\tlatitude\t"
    "longitude\tdocument\toutlets\n";

static void put_text(kh_exporting *x, const char *text, char end) {
  for (; *text; text++) kh_putc(&x->out, (unsigned char)*text < ' ' ? ' ' : *text);
  kh_putc(&x->out, end);
}

// Country and role, three letters each; dashes for nobody known.
static void put_code(kh_exporting *x, const json_t *party) {
  const char *country = party ? kh_party_text(party, "country") : "";
  const char *role = party ? kh_party_text(party, "sector") : "";
  if (strcmp(role, "JRN") == 0) role = "MED"; // CAMEO's media
  if (strcmp(country, "UNO") == 0) country = "IGOUNO";
  kh_puts(&x->out, country);
  kh_puts(&x->out, role);
  kh_puts(&x->out, *country || *role ? "\t" : "---\t");
}

static const char *code_of(const kh_plover *p, const json_t *target) {
  if (strcmp(p->cameo, "19") == 0 && !(target && kh_party_is_armed(target))) return "18";
  return p->cameo;
}

static void put_date(kh_exporting *x, const char *day) {
  for (; *day; day++)
    if (*day != '-') kh_putc(&x->out, *day);
  kh_putc(&x->out, '\t');
}

static void put_dyad(kh_exporting *x, const kh_occurrence *o, const kh_plover *p,
                     const json_t *source, const json_t *target) {
  put_text(x, o->id, '\t');
  put_date(x, o->day);
  put_code(x, source);
  put_code(x, target);
  put_text(x, code_of(p, target), '\t');
  kh_put_uint(&x->out, (uint64_t)p->quad);
  kh_putc(&x->out, '\t');
  put_text(x, source ? kh_party_text(source, "name") : "", '\t');
  put_text(x, target ? kh_party_text(target, "name") : "", '\t');
  put_text(x, o->trigger, '\t');
  put_text(x, o->place, '\t');
  if (isfinite(o->latitude)) kh_put_double(&x->out, o->latitude);
  kh_putc(&x->out, '\t');
  if (isfinite(o->longitude)) kh_put_double(&x->out, o->longitude);
  kh_putc(&x->out, '\t');
  put_text(x, o->document, '\t');
  put_text(x, o->outlets, '\n');
  x->rows++;
}

// Several who act together without anybody it is done to: each with each other.
static void put_mutual(kh_exporting *x, const kh_occurrence *o, const kh_plover *p) {
  const size_t count = json_array_size(o->actors);
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < count; k++)
      if (i != k) put_dyad(x, o, p, json_array_get(o->actors, i), json_array_get(o->actors, k));
}

static kh_status take(kh_exporting *x, const kh_occurrence *o) {
  const kh_plover *p = kh_plover_find(o->type, o->mode);
  const size_t sources = json_array_size(o->actors);
  const size_t targets = json_array_size(o->recipients);
  if (!p || !*o->day) return KH_OK;
  if (!targets && sources > 1) {
    put_mutual(x, o, p);
    return KH_OK;
  }
  for (size_t i = 0; i < (sources ? sources : 1); i++)
    for (size_t k = 0; k < (targets ? targets : 1); k++)
      put_dyad(x, o, p, json_array_get(o->actors, i), json_array_get(o->recipients, k));
  return KH_OK;
}

kh_status kh_export_cameo(kh_exporting *x) {
  kh_puts(&x->out, header);
  return kh_occurrences(x, true, take);
}
