// SPDX-License-Identifier: Apache-2.0
#include "view/plover.h"

#include <stddef.h>
#include <string.h>

// Scores and quad classes are those of PLOVER's manual of February 2024. CAMEO codes are the
// nearest of CAMEO 1.1b3; where a type spans several roots, the commonest.
static const kh_plover lines[] = {
    {"AGREE", "", 1, 2.5, "03"},
    {"CONSULT", "", 1, 2.5, "04"},
    {"CONSULT", "visit", 1, 4, "042"},
    {"CONSULT", "third-party", 1, 1, "045"},
    {"CONSULT", "multilateral", 1, 4, "046"},
    {"CONSULT", "phone", 1, 1.5, "041"},
    {"SUPPORT", "", 1, 5, "05"},
    {"CONCEDE", "", 1, 4.5, "08"},
    {"CONCEDE", "ceasefire", 1, 4.5, "0871"},
    {"COOPERATE", "", 2, 9.5, "06"},
    {"AID", "", 2, 10, "07"},
    {"RETREAT", "", 2, 6.5, "08"},
    {"RETREAT", "withdraw", 2, 8, "0874"},
    {"RETREAT", "release", 2, 6.5, "0841"},
    {"RETREAT", "disarm", 2, 10, "0873"},
    {"RETREAT", "ceasefire", 2, 7.5, "0871"},
    {"RETREAT", "access", 2, 6.5, "0863"},
    {"RETREAT", "resign", 2, 4.5, "0831"},
    {"REQUEST", "", 3, 0, "10"},
    {"REQUEST", "assist", 3, 0.5, "103"},
    {"REQUEST", "change", 3, -1, "104"},
    {"REQUEST", "yield", 3, -1, "105"},
    {"REQUEST", "meet", 3, 0, "106"},
    {"ACCUSE", "", 3, -3, "11"},
    {"ACCUSE", "disapprove", 3, -2, "111"},
    {"ACCUSE", "investigate", 3, -3.5, "09"},
    {"ACCUSE", "allege", 3, -3.5, "112"},
    {"REJECT", "", 3, -2, "12"},
    {"REJECT", "assist", 3, -1.5, "122"},
    {"REJECT", "change", 3, -2, "123"},
    {"REJECT", "yield", 3, -2, "124"},
    {"REJECT", "meet", 3, -2, "125"},
    {"THREATEN", "", 3, -3.5, "13"},
    {"THREATEN", "restrict", 3, -3, "131"},
    {"THREATEN", "arrest", 3, -3.5, "137"},
    {"THREATEN", "relations", 3, -3.5, "1312"},
    {"THREATEN", "expel", 3, -3.5, "136"},
    {"THREATEN", "territory", 3, -4, "1383"},
    {"THREATEN", "violence", 3, -3.5, "138"},
    {"PROTEST", "", 4, -5, "14"},
    {"PROTEST", "demo", 4, -5, "141"},
    {"PROTEST", "riot", 4, -7, "145"},
    {"PROTEST", "strike", 4, -5, "143"},
    {"PROTEST", "hunger", 4, -4.5, "142"},
    {"PROTEST", "boycott", 4, -4.5, "143"},
    {"PROTEST", "obstruct", 4, -4.5, "144"},
    {"SANCTION", "", 4, -6, "16"},
    {"SANCTION", "convict", 4, -6, "17"},
    {"SANCTION", "expel", 4, -5.5, "166"},
    {"SANCTION", "withdraw", 4, -6, "164"},
    {"SANCTION", "discontinue", 4, -6, "162"},
    {"MOBILIZE", "", 4, -5.5, "15"},
    {"MOBILIZE", "troops", 4, -6.5, "154"},
    {"MOBILIZE", "weapons", 4, -6.5, "154"},
    {"MOBILIZE", "police", 4, -5.5, "153"},
    {"MOBILIZE", "militia", 4, -6, "154"},
    {"COERCE", "", 4, -7, "17"},
    {"COERCE", "seize", 4, -7, "171"},
    {"COERCE", "restrict", 4, -7, "172"},
    {"COERCE", "censor", 4, -6.5, "1722"},
    {"COERCE", "curfew", 4, -6.5, "1723"},
    {"COERCE", "martial-law", 4, -7.5, "1724"},
    {"COERCE", "arrest", 4, -7, "173"},
    {"COERCE", "deport", 4, -7, "174"},
    {"COERCE", "cyber", 4, -7, "176"},
    {"ASSAULT", "", 4, -9, "19"}, // against those who bear no arms: 18
    {"ASSAULT", "abduct", 4, -8.5, "181"},
    {"ASSAULT", "beat", 4, -7.5, "182"},
    {"ASSAULT", "torture", 4, -8.5, "1822"},
    {"ASSAULT", "sexual", 4, -8.5, "1821"},
    {"ASSAULT", "targeted", 4, -9.5, "186"},
    {"ASSAULT", "destroy", 4, -8.5, "1712"},
    {"ASSAULT", "primitive", 4, -8, "18"},
    {"ASSAULT", "firearms", 4, -9, "193"},
    {"ASSAULT", "explosives", 4, -9, "183"},
    {"ASSAULT", "suicide-attack", 4, -9.5, "1831"},
    {"ASSAULT", "aerial", 4, -9.5, "195"},
    {"ASSAULT", "drone", 4, -9.5, "195"},
    {"ASSAULT", "heavy-weapons", 4, -9.5, "194"},
    {"ASSAULT", "crowd-control", 4, -7.5, "175"},
    {"ASSAULT", "unconventional", 4, -10, "204"},
};

const kh_plover *kh_plover_find(const char *type, const char *mode) {
  const kh_plover *found = NULL;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    if (strcmp(lines[i].type, type) != 0) continue;
    if (!*lines[i].mode)
      found = &lines[i];
    else if (strcmp(lines[i].mode, mode) == 0)
      return &lines[i];
  }
  return found;
}
