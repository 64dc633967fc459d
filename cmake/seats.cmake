# SPDX-License-Identifier: Apache-2.0
# Writes the GeoNames ids of the towns that give a first-level division its name, sorted: of each division the
# town of most people. cmake "-DIN=rules/names/places.tsv;rules/names/countries.tsv" -DOUT=seats.h -P seats.cmake
cmake_policy(SET CMP0007 NEW) # empty columns count
set(divisions "")
foreach(file IN LISTS IN)
  file(STRINGS ${file} lines ENCODING UTF-8 REGEX "\tplace\t")
  foreach(line IN LISTS lines)
    string(REPLACE "\t" ";" column "${line}")
    list(LENGTH column columns)
    if(columns LESS 13)
      continue()
    endif()
    list(GET column 4 country)
    list(GET column 8 admin1)
    list(GET column 10 id)
    list(GET column 12 people)
    if(admin1 STREQUAL "" OR NOT id MATCHES "^[0-9]+$" OR NOT people MATCHES "^[0-9]+$")
      continue()
    endif()
    set(division "${country}_${admin1}")
    if(division STREQUAL "PSE_WE") # the West Bank is named after no town
      continue()
    endif()
    if(NOT DEFINED people_${division})
      list(APPEND divisions ${division})
    elseif(people_${division} GREATER_EQUAL people)
      continue()
    endif()
    set(people_${division} ${people})
    set(seat_${division} ${id})
  endforeach()
endforeach()
set(seats "")
foreach(division IN LISTS divisions)
  list(APPEND seats ${seat_${division}})
endforeach()
list(SORT seats COMPARE NATURAL)
list(JOIN seats ",\n    " seats)
file(WRITE ${OUT} "// Made from rules/names; edit those files.
#ifndef KHUTWA_STORE_SEATS_H
#define KHUTWA_STORE_SEATS_H

// The town of most people in each first-level division, by GeoNames id, ascending.
static const unsigned kh_seats[] = {
    ${seats},
};

#endif
")
