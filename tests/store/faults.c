// SPDX-License-Identifier: Apache-2.0
// Every allocation fails in turn, and every write: a clean error each time, and a file that is
// whole.
#include "store/faults.h"

#include "store/tests.h"

#include <jansson.h>
#include <stdbool.h>
#include <unistd.h>

// ------------------------------------------------------------------ allocations

typedef struct meter {
  unsigned long count;
  unsigned long fail_at; // 0: never
  faults_of kind;
} meter;

static meter allocations;
static sqlite3_mem_methods real;

static bool refused(faults_of kind) {
  if (allocations.kind != FAULTS_ANY && allocations.kind != kind) return false;
  return ++allocations.count == allocations.fail_at && allocations.fail_at;
}

void faults_set(faults_of kind, unsigned long at) {
  allocations = (meter){.kind = kind, .fail_at = at};
}

unsigned long faults_count(void) { return allocations.count; }

static void *sqlite_malloc(int size) { return refused(FAULTS_SQLITE) ? NULL : real.xMalloc(size); }
static void *sqlite_realloc(void *at, int size) {
  return refused(FAULTS_SQLITE) ? NULL : real.xRealloc(at, size);
}
static void *jansson_malloc(size_t size) { return refused(FAULTS_JSON) ? NULL : malloc(size); }

static void *own_resize(void *context, void *at, size_t old_size, size_t size) {
  (void)context;
  (void)old_size;
  if (size == 0) {
    free(at);
    return NULL;
  }
  return refused(FAULTS_OWN) ? NULL : realloc(at, size);
}

const kh_allocator faults_allocator = {.resize = own_resize};

void faults_install(void) {
  (void)sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
  sqlite3_mem_methods methods = real;
  methods.xMalloc = sqlite_malloc;
  methods.xRealloc = sqlite_realloc;
  (void)sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
  json_set_alloc_funcs(jansson_malloc, free);
}

// ------------------------------------------------------------------ a file system that fails

enum { FULL, INPUT_OUTPUT, SHORT, KINDS };

typedef struct faulty_file {
  sqlite3_file base;
  sqlite3_file *under; // behind this struct
} faulty_file;

static struct {
  unsigned long count;
  unsigned long fail_at;
  int kind;
  sqlite3_vfs *under;
} writes;

static sqlite3_file *under(sqlite3_file *file) { return ((faulty_file *)(void *)file)->under; }

static bool write_fails(void) { return ++writes.count == writes.fail_at && writes.fail_at; }

static int f_close(sqlite3_file *f) { return under(f)->pMethods->xClose(under(f)); }
static int f_read(sqlite3_file *f, void *to, int len, sqlite3_int64 at) {
  return under(f)->pMethods->xRead(under(f), to, len, at);
}
static int f_write(sqlite3_file *f, const void *from, int len, sqlite3_int64 at) {
  if (!write_fails()) return under(f)->pMethods->xWrite(under(f), from, len, at);
  if (writes.kind == SHORT) (void)under(f)->pMethods->xWrite(under(f), from, len / 2, at);
  return writes.kind == INPUT_OUTPUT ? SQLITE_IOERR_WRITE : SQLITE_FULL;
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 size) {
  return write_fails() ? SQLITE_IOERR_TRUNCATE : under(f)->pMethods->xTruncate(under(f), size);
}
static int f_sync(sqlite3_file *f, int flags) {
  return write_fails() ? SQLITE_IOERR_FSYNC : under(f)->pMethods->xSync(under(f), flags);
}
static int f_size(sqlite3_file *f, sqlite3_int64 *size) {
  return under(f)->pMethods->xFileSize(under(f), size);
}
static int f_lock(sqlite3_file *f, int kind) { return under(f)->pMethods->xLock(under(f), kind); }
static int f_unlock(sqlite3_file *f, int kind) {
  return under(f)->pMethods->xUnlock(under(f), kind);
}
static int f_reserved(sqlite3_file *f, int *out) {
  return under(f)->pMethods->xCheckReservedLock(under(f), out);
}
static int f_control(sqlite3_file *f, int op, void *arg) {
  return under(f)->pMethods->xFileControl(under(f), op, arg);
}
static int f_sector(sqlite3_file *f) { return under(f)->pMethods->xSectorSize(under(f)); }
static int f_device(sqlite3_file *f) {
  return under(f)->pMethods->xDeviceCharacteristics(under(f));
}
static int f_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
  return under(f)->pMethods->xShmMap(under(f), page, size, extend, out);
}
static int f_shm_lock(sqlite3_file *f, int offset, int n, int flags) {
  return under(f)->pMethods->xShmLock(under(f), offset, n, flags);
}
static void f_shm_barrier(sqlite3_file *f) { under(f)->pMethods->xShmBarrier(under(f)); }
static int f_shm_unmap(sqlite3_file *f, int remove) {
  return under(f)->pMethods->xShmUnmap(under(f), remove);
}

static const sqlite3_io_methods methods = {.iVersion = 2,
                                           .xClose = f_close,
                                           .xRead = f_read,
                                           .xWrite = f_write,
                                           .xTruncate = f_truncate,
                                           .xSync = f_sync,
                                           .xFileSize = f_size,
                                           .xLock = f_lock,
                                           .xUnlock = f_unlock,
                                           .xCheckReservedLock = f_reserved,
                                           .xFileControl = f_control,
                                           .xSectorSize = f_sector,
                                           .xDeviceCharacteristics = f_device,
                                           .xShmMap = f_shm_map,
                                           .xShmLock = f_shm_lock,
                                           .xShmBarrier = f_shm_barrier,
                                           .xShmUnmap = f_shm_unmap};

static int v_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  (void)vfs;
  faulty_file *f = (faulty_file *)(void *)file;
  f->under = (sqlite3_file *)(void *)(f + 1);
  const int code = writes.under->xOpen(writes.under, name, f->under, flags, out);
  f->base.pMethods = f->under->pMethods ? &methods : NULL;
  return code;
}

static void register_file_system(void) {
  static sqlite3_vfs faulty;
  if (faulty.zName) return;
  writes.under = sqlite3_vfs_find(NULL);
  faulty = *writes.under;
  faulty.zName = "faulty";
  faulty.pNext = NULL;
  faulty.szOsFile = (int)sizeof(faulty_file) + writes.under->szOsFile;
  faulty.xOpen = v_open;
  assert_int_equal(sqlite3_vfs_register(&faulty, 0), SQLITE_OK);
}

// ------------------------------------------------------------------ what is to go wrong

static kh_document *documents[2];

static kh_status add_one(kh_store *store, int index, kh_error *error) {
  kh_store_progress progress;
  const kh_store_container container = {.path = "in", .kind = "text", .size = 1, .mtime = 1};
  kh_status status = kh_store_open_container(store, &container, &progress, error);
  if (status != KH_OK) return status;
  const kh_store_item item = {.document = documents[index],
                              .container = progress.container,
                              .position = (uint64_t)index,
                              .raw = "<p>raw</p>",
                              .raw_len = 10};
  return kh_store_add(store, &item, NULL, error);
}

static kh_status change(kh_store *store, kh_error *error) {
  kh_status status = kh_store_begin(store, error);
  if (status != KH_OK) return status;
  status = add_one(store, 0, error);
  if (status == KH_OK) status = kh_store_commit(store, error);
  if (status == KH_OK) status = add_one(store, 1, error);
  const kh_decision_request correct = {.action = "correct",
                                       .target = "D1.v1",
                                       .after = "{\"type\": \"AID\", \"actors\": [\"e2\", \"E1\"]}",
                                       .seen = -1};
  const kh_decision_request split = {.action = "split",
                                     .target = "D1.f1",
                                     .after = "[{\"value\": 2}, {\"value\": 3}]",
                                     .seen = -1};
  kh_decided decided;
  if (status == KH_OK) status = kh_store_decide(store, &split, &decided, error);
  if (status == KH_OK) status = kh_store_decide(store, &correct, &decided, error);
  if (status == KH_OK) status = kh_store_undo(store, decided.decision, -1, &decided, error);
  if (status == KH_OK) status = kh_store_reread_document(store, 1, engine, true, NULL, error);
  kh_verified verified;
  if (status == KH_OK) status = kh_store_verify(store, NULL, &verified, error);
  if (status == KH_OK && !verified.sound) fail_msg("%s: %s", verified.subject, verified.what);
  kh_document *out = NULL;
  if (status == KH_OK) status = kh_store_document(&out, store, 1, KH_STORE_EFFECTIVE, error);
  kh_document_close(out);
  return status;
}

static kh_status scenario(const char *path, const char *vfs, kh_error *error) {
  const kh_store_options options = {.allocator = &faults_allocator,
                                    .vfs = vfs,
                                    .keep_raw = true,
                                    .user = "amal",
                                    .at = "2026-01-02T03:04:05Z"};
  kh_store *store = NULL;
  kh_status status = kh_store_open(&store, path, &options, error);
  if (status != KH_OK) {
    assert_null(store);
    return status;
  }
  status = change(store, error);
  const kh_status closed = kh_store_close(store, status == KH_OK ? error : NULL);
  return status == KH_OK ? closed : status;
}

// What is left behind opens, is whole, and is what its chain says.
static void assert_whole(const char *path, const char *what, unsigned long at) {
  const kh_store_options options = {.user = "amal", .at = "2026-01-02T03:04:05Z"};
  kh_store *store = NULL;
  kh_error error;
  if (kh_store_open(&store, path, &options, &error) != KH_OK)
    fail_msg("%s %lu: %s", what, at, error.message);
  kh_verified verified;
  OK(kh_store_verify(store, NULL, &verified, &error));
  if (!verified.sound) fail_msg("%s %lu: %s: %s", what, at, verified.subject, verified.what);
  OK(kh_store_close(store, NULL));
  char *check = ask(path, "PRAGMA integrity_check");
  if (!check || strcmp(check, "ok") != 0) fail_msg("%s %lu: %s", what, at, check);
  free(check);
}

static unsigned long stride(unsigned long in_short) { return getenv("KHUTWA_LONG") ? 1 : in_short; }

static void open_documents(void) {
  for (int i = 0; i < 2; i++) documents[i] = read_report(&reports[i]);
}

static void close_documents(void) {
  for (int i = 0; i < 2; i++) kh_document_close(documents[i]);
}

static void every_allocation(void **state) {
  (void)state;
  char path[PATH_BYTES];
  open_documents();
  unsigned failed = 0;
  const unsigned long step = stride(149);
  for (unsigned long at = 1;; at += at < 40 ? 1 : step) {
    fresh_path("memory", path);
    kh_error error;
    memset(&error, 0, sizeof error);
    faults_set(FAULTS_ANY, at);
    const kh_status status = scenario(path, NULL, &error);
    const bool reached = allocations.count >= at;
    faults_set(FAULTS_ANY, 0);
    if (!reached) {
      assert_int_equal(status, KH_OK);
      break;
    }
    if (status != KH_OK) {
      failed++;
      if (status != KH_ERROR_MEMORY || error.code != KH_ERROR_MEMORY)
        fail_msg("allocation %lu: %s", at, error.message);
    }
    assert_whole(path, "allocation", at);
  }
  assert_true(failed > 50);
  close_documents();
  (void)unlink(path);
}

static void every_write(void **state) {
  (void)state;
  char path[PATH_BYTES];
  register_file_system();
  open_documents();
  for (int kind = 0; kind < KINDS; kind++) {
    unsigned failed = 0;
    const unsigned long step = stride(9);
    for (unsigned long at = 1;; at += step) {
      fresh_path("writes", path);
      kh_error error;
      memset(&error, 0, sizeof error);
      writes.count = 0;
      writes.fail_at = at;
      writes.kind = kind;
      const kh_status status = scenario(path, "faulty", &error);
      const bool reached = writes.count >= at;
      writes.fail_at = 0;
      if (!reached) {
        assert_int_equal(status, KH_OK);
        break;
      }
      if (status != KH_OK) {
        failed++;
        if (status != KH_ERROR_IO || error.code != KH_ERROR_IO)
          fail_msg("write %lu: %s", at, error.message);
      }
      assert_whole(path, "write", at);
    }
    assert_true(failed > 5);
  }
  close_documents();
  (void)unlink(path);
}

const struct CMUnitTest fault_tests[] = {
    cmocka_unit_test(every_allocation),
    cmocka_unit_test(every_write),
};
const size_t fault_test_count = sizeof fault_tests / sizeof *fault_tests;
