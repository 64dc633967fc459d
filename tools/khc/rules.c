// SPDX-License-Identifier: Apache-2.0
// Reading rule files: lines, fields, classes, faults.
#include "khc.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_COLUMNS = 32 };
static const size_t max_file = (size_t)64 << 20;

static void report(const khc_row *row, const char *kind, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
static void report(const khc_row *row, const char *kind, const char *format, va_list arguments) {
  if (row && row->line)
    fprintf(stderr, "%s:%u: %s: ", row->file, row->line, kind);
  else if (row)
    fprintf(stderr, "%s: %s: ", row->file, kind);
  else
    fprintf(stderr, "khc: %s: ", kind);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
}

void khc_fault(const khc_rules *rules, const khc_row *row, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  report(row, "error", format, arguments);
  va_end(arguments);
  ++rules->log->faults;
}

void khc_warn(const khc_rules *rules, const khc_row *row, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  report(row, "warning", format, arguments);
  va_end(arguments);
  ++rules->log->warnings;
}

const char *khc_print(const khc_rules *rules, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char buffer[4096];
  const int len = vsnprintf(buffer, sizeof buffer, format, arguments);
  va_end(arguments);
  if (len < 0) return "";
  const size_t fits = (size_t)len < sizeof buffer ? (size_t)len : sizeof buffer - 1;
  return kh_arena_copy(rules->arena, buffer, fits);
}

// ---- files

static int by_name(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool has_ends(const char *name, const char *prefix, const char *suffix) {
  const size_t len = strlen(name);
  const size_t tail = strlen(suffix);
  return strncmp(name, prefix, strlen(prefix)) == 0 && len >= tail &&
         strcmp(name + len - tail, suffix) == 0;
}

const char **khc_files(const khc_rules *rules, const char *subfolder, const char *prefix,
                       const char *suffix, uint32_t *count) {
  KH_ARRAY(const char *) names = {0};
  DIR *folder = opendir(khc_print(rules, "%s/%s", rules->folder, subfolder));
  const struct dirent *entry;
  while (folder && (entry = readdir(folder))) {
    if (!has_ends(entry->d_name, prefix, suffix)) continue;
    const char **name = KH_ADD(rules->arena, &names);
    *name = khc_print(rules, "%s/%s", subfolder, entry->d_name);
  }
  if (folder) closedir(folder);
  if (names.count) qsort(names.at, names.count, sizeof *names.at, by_name);
  *count = names.count;
  return names.at;
}

bool khc_exists(const khc_rules *rules, const char *path) {
  struct stat about;
  return stat(khc_print(rules, "%s/%s", rules->folder, path), &about) == 0;
}

static char *read_file(const khc_rules *rules, const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  size_t room = (size_t)1 << 16;
  char *bytes = kh_arena_alloc(rules->arena, room);
  *len = 0;
  for (;;) {
    const size_t got = fread(bytes + *len, 1, room - *len - 1, file);
    *len += got;
    if (got == 0 || *len > max_file) break;
    if (*len + 1 == room) {
      char *wider = kh_arena_alloc(rules->arena, room * 2);
      memcpy(wider, bytes, *len);
      bytes = wider;
      room *= 2;
    }
  }
  const bool failed = ferror(file) || *len > max_file;
  fclose(file);
  bytes[*len] = '\0';
  return failed ? NULL : bytes;
}

// ---- lines

// Decodes one code point; 0xFFFFFFFF when the bytes are no UTF-8.
static uint32_t next_code_point(const unsigned char **at) {
  const unsigned char *p = *at;
  const unsigned extra = p[0] < 0x80 ? 0 : p[0] >= 0xF0 ? 3 : p[0] >= 0xE0 ? 2 : 1;
  static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
  if ((p[0] >= 0x80 && p[0] < 0xC2) || p[0] > 0xF4) return UINT32_MAX;
  uint32_t c = extra == 0 ? p[0] : p[0] & (0x3Fu >> extra);
  for (unsigned i = 1; i <= extra; ++i) {
    if ((p[i] & 0xC0) != 0x80) return UINT32_MAX;
    c = c << 6 | (p[i] & 0x3F);
  }
  if (c < least[extra] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return UINT32_MAX;
  *at = p + extra + 1;
  return c;
}

// Letters that look Arabic but that no rule can mean: they come from another keyboard.
static const char *bad_letter(uint32_t c) {
  switch (c) {
  case 0x06CC:
    return "Persian ya (U+06CC); write ي or ى";
  case 0x06A9:
    return "Persian kaf (U+06A9); write ك";
  case 0x06C1:
  case 0x06D5:
    return "a foreign ha (U+06C1, U+06D5); write ه or ة";
  case 0x0640:
    return "a tatweel (U+0640); leave it out";
  case 0x00A0:
    return "a no-break space (U+00A0); write a blank";
  default:
    break;
  }
  if (c >= 0x200B && c <= 0x200F) return "an invisible mark (U+200B..U+200F); leave it out";
  if (c >= 0x202A && c <= 0x202E) return "a mark of direction (U+202A..U+202E); leave it out";
  if (c >= 0xFB50 && c <= 0xFDFF) return "a presentation form; write the plain letters";
  if (c >= 0xFE70 && c <= 0xFEFF) return "a presentation form; write the plain letters";
  return NULL;
}

static void check_field(const khc_rules *rules, const khc_row *row, const char *field) {
  const size_t len = strlen(field);
  if (len && (field[0] == ' ' || field[len - 1] == ' '))
    khc_fault(rules, row, "blanks around \"%s\"; take them out", field);
  const unsigned char *at = (const unsigned char *)field;
  while (*at) {
    const uint32_t c = next_code_point(&at);
    if (c == UINT32_MAX) {
      khc_fault(rules, row, "\"%s\" is no valid UTF-8", field);
      return;
    }
    const char *what = bad_letter(c);
    if (what) {
      khc_fault(rules, row, "\"%s\" holds %s", field, what);
      return;
    }
  }
}

// Cuts a line at its tabs, in place. Returns the number of fields.
static uint32_t cut_fields(char *line, char **fields) {
  uint32_t count = 0;
  while (count < MAX_COLUMNS) {
    fields[count++] = line;
    char *tab = strchr(line, '\t');
    if (!tab) break;
    *tab = '\0';
    line = tab + 1;
  }
  return count;
}

static void check_header(const khc_rules *rules, const khc_row *row, const char *columns,
                         char *const *fields, uint32_t count) {
  char got[1024] = "";
  size_t len = 0;
  for (uint32_t i = 0; i < count && len < sizeof got; ++i)
    len += (size_t)snprintf(got + len, sizeof got - len, "%s%s", i ? " " : "", fields[i]);
  if (strcmp(got, columns) != 0)
    khc_fault(rules, row, "the columns are \"%s\"; they must be \"%s\"", got, columns);
}

static uint32_t count_columns(const char *columns) {
  uint32_t count = 1;
  for (; *columns; ++columns) count += *columns == ' ';
  return count;
}

static void add_row(const khc_rules *rules, khc_table *table, uint32_t *room, const khc_row *row,
                    char *const *fields, uint32_t columns) {
  const char **at = kh_arena_alloc(rules->arena, columns * sizeof *at);
  for (uint32_t i = 0; i < columns; ++i) {
    at[i] = strcmp(fields[i], "-") == 0 ? "" : fields[i];
    check_field(rules, row, fields[i]);
  }
  if (table->count == *room)
    table->rows =
        kh_array_widen(rules->arena, table->rows, table->count, room, sizeof *table->rows);
  khc_row *added = &table->rows[table->count++];
  *added = *row;
  added->at = at;
}

khc_table khc_read(const khc_rules *rules, const char *path, const char *columns) {
  khc_table table = {khc_print(rules, "%s/%s", rules->folder, path), NULL, 0};
  khc_row row = {table.file, 0, NULL};
  size_t len;
  char *text = read_file(rules, table.file, &len);
  if (!text) {
    khc_fault(rules, &row, "cannot be read");
    return table;
  }
  if (strlen(text) != len) khc_fault(rules, &row, "holds a NUL byte; it must be text");
  const uint32_t expected = count_columns(columns);
  uint32_t room = 0;
  bool header = false;
  for (char *line = text, *next; line; line = next) {
    next = strchr(line, '\n');
    if (next) *next++ = '\0';
    ++row.line;
    const size_t line_len = strlen(line);
    if (line_len && line[line_len - 1] == '\r') {
      khc_fault(rules, &row, "the line ends in a carriage return; save the file with plain ends");
      line[line_len - 1] = '\0';
    }
    if (!*line || *line == '#') continue;
    char *fields[MAX_COLUMNS];
    const uint32_t count = cut_fields(line, fields);
    if (!header) {
      header = true;
      check_header(rules, &row, columns, fields, count);
    } else if (count != expected) {
      khc_fault(rules, &row,
                "%u fields where there are %u columns; one tab stands between two, "
                "and \"-\" for none",
                count, expected);
    } else {
      add_row(rules, &table, &room, &row, fields, count);
    }
  }
  row.line = 0;
  if (!header) khc_fault(rules, &row, "no line names the columns; it must be \"%s\"", columns);
  return table;
}

const char **khc_split(const khc_rules *rules, const char *field, char separator, uint32_t *count) {
  KH_ARRAY(const char *) pieces = {0};
  while (*field) {
    const char *end = strchr(field, separator);
    const size_t len = end ? (size_t)(end - field) : strlen(field);
    if (len) {
      const char **piece = KH_ADD(rules->arena, &pieces);
      *piece = kh_arena_copy(rules->arena, field, len);
    }
    field += len + (end != NULL);
  }
  *count = pieces.count;
  return pieces.at;
}

// ---- values of fields

int khc_class(const khc_rules *rules, const char *name, size_t len) {
  for (uint32_t i = 0; i < rules->classes.count; ++i) {
    const char *class_name = rules->classes.rows[i].at[0];
    if (strlen(class_name) == len && memcmp(class_name, name, len) == 0) return (int)i;
  }
  return -1;
}

void khc_classes(const khc_rules *rules, const khc_row *row, const char *field, uint64_t *bits) {
  uint32_t count;
  const char **names = khc_split(rules, field, '|', &count);
  for (uint32_t i = 0; i < count; ++i) {
    const int number = khc_class(rules, names[i], strlen(names[i]));
    if (number < 0)
      khc_fault(rules, row, "unknown class \"%s\"; add it to rules/classes.tsv or mend its name",
                names[i]);
    else {
      bits[number / 64] |= (uint64_t)1 << number % 64;
      rules->log->used[number / 64] |= (uint64_t)1 << number % 64;
    }
  }
}

double khc_number(const khc_rules *rules, const khc_row *row, const char *field) {
  char *end;
  const double value = strtod(field, &end);
  if (!*field || *end || !(value > -1e15 && value < 1e15)) {
    khc_fault(rules, row, "\"%s\" is no number", field);
    return 0;
  }
  return value;
}

khc_key khc_fold(const khc_rules *rules, const char *text) {
  const size_t len = strlen(text);
  uint8_t *letters = kh_arena_alloc(rules->arena, 2 * len + 1);
  const size_t folded = kh_fold_utf8(text, len, letters, 2 * len + 1);
  uint32_t kept = 0;
  for (size_t i = 0; i < folded; ++i) {
    if (letters[i] == ' ' && (kept == 0 || letters[kept - 1] == ' ')) continue;
    letters[kept++] = letters[i];
  }
  while (kept && letters[kept - 1] == ' ') --kept;
  return (khc_key){letters, kept};
}
