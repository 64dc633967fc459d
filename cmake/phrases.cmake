# SPDX-License-Identifier: Apache-2.0
# Writes the phrases of a rules file as strings: cmake -DIN=rules/page/around.tsv -DOUT=around.h
# -DNAME=kh_around -P phrases.cmake
file(STRINGS ${IN} lines ENCODING UTF-8)
set(strings "")
set(number 0)
foreach(line IN LISTS lines)
  math(EXPR number "${number} + 1")
  if(line MATCHES "^(#|phrase\t|$)")
    continue()
  endif()
  if(NOT line MATCHES "^([^\t\"\\]+)\t[^\t]+$")
    message(FATAL_ERROR "${IN}:${number}: write a phrase, a tab, and what it means")
  endif()
  string(APPEND strings "    \"${CMAKE_MATCH_1}\",\n")
endforeach()
file(WRITE ${OUT} "// Made from ${IN}; edit that file.
static const char *const ${NAME}[] = {
${strings}};
")
