// SPDX-License-Identifier: Apache-2.0
/// \file
/// The program: a client of the public headers alone.
#ifndef KHUTWA_APP_CLI_CLI_H
#define KHUTWA_APP_CLI_CLI_H

#include <khutwa/khutwa.h>

#include <stdbool.h>

/// Exit statuses.
enum {
  KH_EXIT_OK = 0,
  KH_EXIT_INPUT = 1, ///< Some input could not be read; the rest was.
  KH_EXIT_USAGE = 2,
  KH_EXIT_OUTPUT = 3, ///< The output could not be written.
};

/// The commands. `argv[0]` is the command's name.
int kh_command_read(int argc, char **argv);
int kh_command_add(int argc, char **argv);
int kh_command_decide(int argc, char **argv);
int kh_command_reread(int argc, char **argv);
int kh_command_verify(int argc, char **argv);
int kh_command_seal(int argc, char **argv);
int kh_command_score(int argc, char **argv);
int kh_command_time(int argc, char **argv);
int kh_command_number(int argc, char **argv);
int kh_command_ask(int argc, char **argv);
int kh_command_serve(int argc, char **argv);
int kh_command_export(int argc, char **argv);

/// Writes "khutwa: " and the message as one line on standard error; control characters in it
/// (of file names, say) become question marks.
void kh_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/// What went wrong with one input, and in which line of it.
void kh_say_error(const char *input, const kh_error *error);

/// After a failed write: says why unless the reader of a pipe has simply left, and gives
/// KH_EXIT_OUTPUT. `why` is an errno.
int kh_say_unwritten(int why);

/// "en" or "ar" to a language; false for anything else.
bool kh_language_option(const char *value, kh_view_language *language);

/// Help on a command (NULL: on all) goes to standard output. False: no such command.
bool kh_help(const char *command, kh_view_language language);
/// The same for the commands that ask a record.
bool kh_help_ask(const char *command, kh_view_language language);

/// Opens an engine, or says why not and gives NULL.
kh_engine *kh_open_engine(const kh_engine_options *options);

#endif
