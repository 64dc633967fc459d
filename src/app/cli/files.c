// SPDX-License-Identifier: Apache-2.0
#include "app/cli/files.h"

#include <dirent.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { MOST_FOLDERS = 64 }; // inside one another

static bool add_file(kh_files *files, const char *path, int64_t bytes) {
  if (files->count == files->room) {
    const size_t room = files->room ? files->room * 2 : 64;
    char **wider = realloc(files->at, room * sizeof *wider);
    if (!wider) return false;
    files->at = wider;
    files->room = room;
  }
  char *copy = malloc(strlen(path) + 1);
  if (!copy) return false;
  memcpy(copy, path, strlen(path) + 1);
  files->at[files->count++] = copy;
  if (bytes < 0 || files->bytes < 0)
    files->bytes = -1;
  else
    files->bytes += bytes;
  return true;
}

// What a saved page is surrounded by is no report.
static bool is_ornament(const char *name) {
  static const char *const endings[] = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg",
                                        ".ico", ".css",  ".js",  ".map", ".woff", ".woff2",
                                        ".ttf", ".eot",  ".mp3", ".mp4", ".avi",  ".khutwa"};
  const size_t len = strlen(name);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    const size_t tail = strlen(endings[i]);
    if (len > tail && strcasecmp(name + len - tail, endings[i]) == 0) return true;
  }
  return false;
}

static int is_shown(const struct dirent *entry) {
  return entry->d_name[0] != '.' && !is_ornament(entry->d_name);
}

static char *joined(const char *folder, const char *name) {
  const size_t len = strlen(folder);
  const bool slash = len && folder[len - 1] == '/';
  char *path = malloc(len + strlen(name) + 2);
  if (!path) return NULL;
  memcpy(path, folder, len);
  if (!slash) path[len] = '/';
  memcpy(path + len + !slash, name, strlen(name) + 1);
  return path;
}

// A folder that is being gone through: its names in order, the next one's number.
typedef struct level {
  char *path;
  struct dirent **names;
  int count;
  int next;
} level;

static bool open_level(level *l, char *path) {
  l->path = path;
  l->next = 0;
  l->count = scandir(path, &l->names, is_shown, alphasort);
  if (l->count >= 0) return true;
  l->names = NULL;
  l->count = 0; // a folder that may not be read
  return false;
}

static void close_level(level *l) {
  for (int i = 0; l->names && i < l->count; i++) free(l->names[i]);
  free(l->names);
  free(l->path);
}

// Goes through a folder without recursion. Links to folders are not followed.
static bool add_folder(kh_files *files, const char *folder) {
  level stack[MOST_FOLDERS];
  int depth = 0;
  char *top = joined(folder, "");
  bool good = top != NULL;
  if (top && !open_level(&stack[depth++], top)) good = add_file(files, folder, 0);
  while (depth > 0) {
    level *l = &stack[depth - 1];
    if (!good || !l->names || l->next == l->count) {
      close_level(l);
      depth--;
      continue;
    }
    struct stat about;
    char *path = joined(l->path, l->names[l->next++]->d_name);
    if (!path) {
      good = false;
    } else if (lstat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
      if (depth < MOST_FOLDERS) {
        if (!open_level(&stack[depth++], path)) good = add_file(files, path, 0);
        continue;
      }
      good = false;
    } else if (stat(path, &about) == 0 && S_ISREG(about.st_mode)) {
      good = add_file(files, path, about.st_size);
    }
    free(path);
  }
  return good;
}

static bool add_pattern(kh_files *files, const char *pattern) {
  glob_t found;
  const int result = glob(pattern, 0, NULL, &found);
  if (result == GLOB_NOMATCH) return add_file(files, pattern, 0); // and its opening will tell
  bool good = result == 0;
  for (size_t i = 0; good && i < found.gl_pathc; i++) {
    struct stat about;
    const bool there = stat(found.gl_pathv[i], &about) == 0;
    if (there && S_ISDIR(about.st_mode))
      good = add_folder(files, found.gl_pathv[i]);
    else
      good = add_file(files, found.gl_pathv[i], there ? about.st_size : 0);
  }
  if (result == 0) globfree(&found);
  return good;
}

bool kh_files_add(kh_files *files, const char *path) {
  struct stat about;
  if (strcmp(path, "-") == 0) return add_file(files, path, -1);
  if (stat(path, &about) == 0) {
    if (S_ISDIR(about.st_mode)) return add_folder(files, path);
    return add_file(files, path, S_ISREG(about.st_mode) ? about.st_size : -1);
  }
  if (strpbrk(path, "*?[")) return add_pattern(files, path);
  return add_file(files, path, 0);
}

void kh_files_free(kh_files *files) {
  for (size_t i = 0; i < files->count; i++) free(files->at[i]);
  free(files->at);
  *files = (kh_files){0};
}
