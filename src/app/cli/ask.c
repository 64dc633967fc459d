// SPDX-License-Identifier: Apache-2.0
// khutwa search, documents, timeline, figures, steps, actors, outlets, show, diff
#include "app/cli/record.h"

#include <khutwa/ask.h>

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AUTO = 0, JSON, TEXT, FEW = 20 };

typedef struct command {
  const char *name;
  kh_question question;
  const char *wanted;  // what stands after the record: names of arguments; "" for none
  int least;           // how many of them have to
  const char *options; // names, with blanks around, beside those that all have
} command;

static const command commands[] = {
    {"search", KH_ASK_SEARCH, "QUERY", 1, " actor type place from to outlet brief limit offset "},
    {"documents", KH_ASK_DOCUMENTS, "[WORDS]", 0,
     " actor place from to outlet reverse limit offset "},
    {"timeline", KH_ASK_TIMELINE, "", 0,
     " actor by on type place from to outlet disputed reverse limit offset "},
    {"figures", KH_ASK_FIGURES, "", 0,
     " actor type counted place from to outlet disputed brief reverse limit offset "},
    {"steps", KH_ASK_STEPS, "", 0,
     " asked-of asked-by by blocks not-kept open changed-since actor type status place from to "
     "outlet disputed brief reverse limit offset "},
    {"actors", KH_ASK_ACTORS, "[NAME]", 0,
     " type country sector from to outlet brief reverse limit offset "},
    {"outlets", KH_ASK_OUTLETS, "", 0, " limit offset "},
    {"show", KH_ASK_SHOW, "ID...", 1, ""},
    {"diff", KH_ASK_DIFF, "A B", 2, " limit offset "},
};

typedef struct asking {
  const command *command;
  kh_question question;
  const char *record;
  kh_selection selection;
  kh_view_text_options text;
  int view; // AUTO, JSON, TEXT
  bool help;
  bool stopped; // the output could not be written
  int unwritten;
  kh_error error; // of the view
} asking;

// ------------------------------------------------------------------ options

enum {
  OPTION_JSON = 256,
  OPTION_TEXT,
  OPTION_LANG,
  OPTION_ACTOR,
  OPTION_BY,
  OPTION_ASKED_BY,
  OPTION_ON,
  OPTION_TYPE,
  OPTION_COUNTED,
  OPTION_STATUS,
  OPTION_PLACE,
  OPTION_FROM,
  OPTION_TO,
  OPTION_OUTLET,
  OPTION_COUNTRY,
  OPTION_SECTOR,
  OPTION_LIMIT,
  OPTION_OFFSET,
  OPTION_REVERSE,
  OPTION_BRIEF,
  OPTION_DISPUTED,
  OPTION_ASKED_OF,
  OPTION_BLOCKS,
  OPTION_UNKEPT,
  OPTION_OPEN,
  OPTION_CHANGED,
};

static const struct option long_options[] = {
    {"json", no_argument, NULL, OPTION_JSON},
    {"text", no_argument, NULL, OPTION_TEXT},
    {"lang", required_argument, NULL, OPTION_LANG},
    {"actor", required_argument, NULL, OPTION_ACTOR},
    {"by", required_argument, NULL, OPTION_BY},
    {"asked-by", required_argument, NULL, OPTION_ASKED_BY},
    {"on", required_argument, NULL, OPTION_ON},
    {"type", required_argument, NULL, OPTION_TYPE},
    {"counted", required_argument, NULL, OPTION_COUNTED},
    {"status", required_argument, NULL, OPTION_STATUS},
    {"place", required_argument, NULL, OPTION_PLACE},
    {"from", required_argument, NULL, OPTION_FROM},
    {"to", required_argument, NULL, OPTION_TO},
    {"outlet", required_argument, NULL, OPTION_OUTLET},
    {"country", required_argument, NULL, OPTION_COUNTRY},
    {"sector", required_argument, NULL, OPTION_SECTOR},
    {"limit", required_argument, NULL, OPTION_LIMIT},
    {"offset", required_argument, NULL, OPTION_OFFSET},
    {"reverse", no_argument, NULL, OPTION_REVERSE},
    {"brief", no_argument, NULL, OPTION_BRIEF},
    {"disputed", no_argument, NULL, OPTION_DISPUTED},
    {"asked-of", required_argument, NULL, OPTION_ASKED_OF},
    {"blocks", required_argument, NULL, OPTION_BLOCKS},
    {"not-kept", no_argument, NULL, OPTION_UNKEPT},
    {"open", no_argument, NULL, OPTION_OPEN},
    {"changed-since", required_argument, NULL, OPTION_CHANGED},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool number_option(const char *option, const char *value, unsigned most, unsigned *number) {
  char *end = NULL;
  errno = 0;
  const unsigned long read = strtoul(value, &end, 10);
  if (end == value || *end || *value == '-' || errno || read > most) {
    kh_say("%s %s: a number from 0 to %u is wanted", option, value, most);
    return false;
  }
  *number = (unsigned)read;
  return true;
}

// Where an option's value goes; NULL for options that are more than a text.
static const char **place_of(kh_selection *w, int option) {
  switch (option) {
  case OPTION_ACTOR:
    return &w->actor;
  case OPTION_BY:
    return &w->by;
  case OPTION_ASKED_BY:
  case OPTION_ON:
    return &w->asked_by;
  case OPTION_TYPE:
    return &w->type;
  case OPTION_COUNTED:
    return &w->counted;
  case OPTION_STATUS:
    return &w->status;
  case OPTION_PLACE:
    return &w->place;
  case OPTION_FROM:
    return &w->from;
  case OPTION_TO:
    return &w->to;
  case OPTION_OUTLET:
    return &w->outlet;
  case OPTION_COUNTRY:
    return &w->country;
  case OPTION_SECTOR:
    return &w->sector;
  case OPTION_BLOCKS:
    return &w->blocks;
  default:
    return NULL;
  }
}

static bool take_option(asking *a, int option, const char *value) {
  kh_selection *w = &a->selection;
  const char **place = place_of(w, option);
  if (place) {
    *place = value;
    return true;
  }
  switch (option) {
  case OPTION_JSON:
  case OPTION_TEXT:
    a->view = option == OPTION_JSON ? JSON : TEXT;
    return true;
  case OPTION_LANG:
    if (kh_language_option(value, &a->text.language)) return true;
    kh_say("--lang %s: known are en and ar", value);
    return false;
  case OPTION_LIMIT:
    return number_option("--limit", value, KH_ASK_MOST, &w->limit);
  case OPTION_OFFSET:
    return number_option("--offset", value, 1000000, &w->offset);
  case OPTION_REVERSE:
    w->reverse = true;
    return true;
  case OPTION_BRIEF:
    w->brief = true;
    return true;
  case OPTION_DISPUTED:
    w->disputed = true;
    return true;
  case OPTION_UNKEPT:
    w->unkept = true;
    return true;
  case OPTION_OPEN:
    w->open = true;
    return true;
  case OPTION_ASKED_OF: // what is asked of somebody, and still open
    w->by = value;
    w->open = true;
    return true;
  case OPTION_CHANGED:
    w->from = value;
    a->question = KH_ASK_CHANGES;
    return true;
  case 'h':
    a->help = true;
    return true;
  default:
    return false;
  }
}

static bool take_arguments(asking *a, int argc, char **argv) {
  const int count = argc - optind;
  if (count < 1 + a->command->least) {
    kh_say("write: khutwa %s RECORD %s; khutwa help %s tells more", a->command->name,
           a->command->wanted, a->command->name);
    return false;
  }
  a->record = argv[optind++];
  const char *first = count > 1 ? argv[optind] : NULL;
  if (first && !*a->command->wanted) {
    kh_say("khutwa %s takes no \"%s\"; khutwa help %s lists its options", a->command->name, first,
           a->command->name);
    return false;
  }
  a->selection.text = first;
  a->selection.id = first;
  a->selection.other = count > 2 ? argv[optind + 1] : NULL;
  return true;
}

// Is it an option of this command?
static bool has_option(const command *c, int option, int which) {
  char name[32];
  if (option == 'h' || option == OPTION_JSON || option == OPTION_TEXT || option == OPTION_LANG)
    return true;
  (void)snprintf(name, sizeof name, " %s ", long_options[which].name);
  return strstr(c->options, name) != NULL;
}

static bool take_options(asking *a, int argc, char **argv) {
  opterr = 0;
  int option;
  int which = -1;
  while ((option = getopt_long(argc, argv, ":h", long_options, &which)) != -1) {
    if (option == ':') {
      kh_say("%s wants a value; khutwa help %s tells which", argv[optind - 1], argv[0]);
      return false;
    }
    if (option == '?' || !has_option(a->command, option, which)) {
      kh_say("%s is no option of khutwa %s; khutwa help %s lists them", argv[optind - 1], argv[0],
             argv[0]);
      return false;
    }
    if (!take_option(a, option, optarg)) return false;
  }
  return a->help || take_arguments(a, argc, argv);
}

// ------------------------------------------------------------------ answers

static bool write_out(void *context, const char *bytes, size_t len) {
  asking *a = context;
  if (fwrite(bytes, 1, len, stdout) == len) return true;
  a->unwritten = errno;
  a->stopped = true;
  return false;
}

static bool take_row(void *context, const char *json, size_t len) {
  asking *a = context;
  if (a->view == JSON) return write_out(a, json, len) && write_out(a, "\n", 1);
  return kh_view_answer(a->question, json, &a->text, write_out, a, &a->error) == KH_OK;
}

static void tell_more(const asking *a, const kh_answer *answer) {
  const bool arabic = a->text.language == KH_VIEW_ARABIC;
  if (a->view == JSON) return;
  if (!answer->rows)
    (void)fprintf(stderr,
                  arabic ? "لا شيء من ذلك في السجل\n" : "nothing of this kind is in the record\n");
  else if (answer->more && answer->total >= 0)
    (void)fprintf(stderr,
                  arabic ? "%u من %lld؛ المزيد مع --offset %u\n"
                         : "%u of %lld; more with --offset %u\n",
                  answer->rows, answer->total, a->selection.offset + answer->rows);
  else if (answer->more)
    (void)fprintf(stderr, arabic ? "المزيد مع --offset %u\n" : "more with --offset %u\n",
                  a->selection.offset + answer->rows);
}

static int ask(asking *a, kh_store *store) {
  kh_answer answer;
  kh_error error;
  const kh_status status = kh_ask(store, a->question, &a->selection, take_row, a, &answer, &error);
  if (a->stopped) return kh_say_unwritten(a->unwritten);
  if (status == KH_OK) {
    if (fflush(stdout) != 0) return kh_say_unwritten(errno);
    tell_more(a, &answer);
    return KH_EXIT_OK;
  }
  kh_say("%s", error.message);
  const bool mistake = status == KH_ERROR_ARGUMENT || status == KH_ERROR_LIMIT;
  return mistake ? KH_EXIT_USAGE : KH_EXIT_INPUT;
}

static int run(asking *a, char **rest) {
  const kh_store_options options = {.read_only = true};
  kh_store *store = kh_open_record(a->record, &options, NULL);
  if (!store) return KH_EXIT_INPUT;
  int status = ask(a, store);
  // khutwa show takes several ids
  while (status == KH_EXIT_OK && a->question == KH_ASK_SHOW && *rest && *++rest) {
    a->selection.id = *rest;
    status = ask(a, store);
  }
  (void)kh_close_record(a->record, store);
  return status;
}

int kh_command_ask(int argc, char **argv) {
  asking a = {.command = commands};
  while (strcmp(a.command->name, argv[0]) != 0) a.command++;
  a.question = a.command->question;
  if (!take_options(&a, argc, argv)) return KH_EXIT_USAGE;
  if (a.help) {
    (void)kh_help(argv[0], a.text.language);
    return fflush(stdout) == 0 ? KH_EXIT_OK : kh_say_unwritten(errno);
  }
  const bool terminal = isatty(STDOUT_FILENO);
  if (a.view == AUTO) a.view = terminal ? TEXT : JSON;
  a.text.colour = terminal;
  if (a.view == TEXT && !a.selection.limit) a.selection.limit = FEW;
  return run(&a, argv + optind);
}
