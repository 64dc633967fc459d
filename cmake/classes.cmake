# SPDX-License-Identifier: Apache-2.0
# Writes the enum of word classes: cmake -DIN=rules/classes.tsv -DOUT=classes.h -P classes.cmake
file(STRINGS ${IN} lines ENCODING UTF-8)
set(enum "")
set(count 0)
set(number 0)
foreach(line IN LISTS lines)
  math(EXPR number "${number} + 1")
  if(line MATCHES "^([^#\t][^\t]*)\t")
    set(name ${CMAKE_MATCH_1})
    if(name STREQUAL "class")
      continue()
    endif()
    if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
      message(FATAL_ERROR "${IN}:${number}: \"${name}\" is no name of a class")
    endif()
    if(DEFINED seen_${name})
      message(FATAL_ERROR "${IN}:${number}: class \"${name}\" stands twice")
    endif()
    set(seen_${name} 1)
    string(TOUPPER ${name} upper)
    string(APPEND enum "  KH_CLASS_${upper},\n")
    math(EXPR count "${count} + 1")
  endif()
endforeach()
math(EXPR words "(${count} + 63) / 64")
file(WRITE ${OUT} "// Made from rules/classes.tsv; edit that file.
#ifndef KHUTWA_LEXICON_CLASSES_H
#define KHUTWA_LEXICON_CLASSES_H

typedef enum kh_class {
${enum}  KH_CLASS_COUNT, // ${count}
} kh_class;

enum { KH_CLASS_WORDS = ${words} }; // uint64_t words of a set of classes

#endif
")
