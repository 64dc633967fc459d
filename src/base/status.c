// SPDX-License-Identifier: Apache-2.0
#include <khutwa/status.h>

const char *kh_status_name(kh_status status) {
  switch (status) {
  case KH_OK:
    return "no error";
  case KH_END:
    return "end of input";
  case KH_ERROR_ARGUMENT:
    return "argument error";
  case KH_ERROR_MEMORY:
    return "out of memory";
  case KH_ERROR_IO:
    return "input/output error";
  case KH_ERROR_ENCODING:
    return "encoding error";
  case KH_ERROR_FORMAT:
    return "format error";
  case KH_ERROR_LIMIT:
    return "limit exceeded";
  case KH_ERROR_TABLE:
    return "table error";
  case KH_ERROR_RULE:
    return "rule error";
  case KH_ERROR_INVARIANT:
    return "broken invariant";
  case KH_ERROR_STORE:
    return "record file error";
  case KH_ERROR_BUSY:
    return "busy";
  case KH_ERROR_CONFLICT:
    return "conflict";
  }
  return "unknown status";
}
