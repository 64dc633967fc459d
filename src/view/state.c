// SPDX-License-Identifier: Apache-2.0
#include "view/state.h"

#include <stdlib.h>
#include <string.h>

enum {
  MIDDLE_EAST,
  NORTHERN_AFRICA,
  WESTERN_AFRICA,
  MIDDLE_AFRICA,
  EASTERN_AFRICA,
  SOUTHERN_AFRICA,
  SOUTH_ASIA,
  SOUTHEAST_ASIA,
  EAST_ASIA,
  CENTRAL_ASIA,
  EUROPE,
  NORTH_AMERICA,
  CENTRAL_AMERICA,
  CARIBBEAN,
  SOUTH_AMERICA,
  OCEANIA,
  ANTARCTICA,
};

static const char *const regions[] = {
    [MIDDLE_EAST] = "Middle East",
    [NORTHERN_AFRICA] = "Northern Africa",
    [WESTERN_AFRICA] = "Western Africa",
    [MIDDLE_AFRICA] = "Middle Africa",
    [EASTERN_AFRICA] = "Eastern Africa",
    [SOUTHERN_AFRICA] = "Southern Africa",
    [SOUTH_ASIA] = "South Asia",
    [SOUTHEAST_ASIA] = "Southeast Asia",
    [EAST_ASIA] = "East Asia",
    [CENTRAL_ASIA] = "Caucasus and Central Asia",
    [EUROPE] = "Europe",
    [NORTH_AMERICA] = "North America",
    [CENTRAL_AMERICA] = "Central America",
    [CARIBBEAN] = "Caribbean",
    [SOUTH_AMERICA] = "South America",
    [OCEANIA] = "Oceania",
    [ANTARCTICA] = "Antarctica",
};

typedef struct state {
  char code[4]; // ISO 3166-1 alpha-3
  short number; // ... numeric; 0: it has none
  short region;
} state;

// By code.
static const state states[] = {
    {"ABW", 533, CARIBBEAN},       {"AFG", 4, CENTRAL_ASIA},      {"AGO", 24, MIDDLE_AFRICA},
    {"AIA", 660, CARIBBEAN},       {"ALA", 248, EUROPE},          {"ALB", 8, EUROPE},
    {"AND", 20, EUROPE},           {"ARE", 784, MIDDLE_EAST},     {"ARG", 32, SOUTH_AMERICA},
    {"ARM", 51, CENTRAL_ASIA},     {"ASM", 16, OCEANIA},          {"ATA", 10, ANTARCTICA},
    {"ATF", 260, ANTARCTICA},      {"ATG", 28, CARIBBEAN},        {"AUS", 36, OCEANIA},
    {"AUT", 40, EUROPE},           {"AZE", 31, CENTRAL_ASIA},     {"BDI", 108, EASTERN_AFRICA},
    {"BEL", 56, EUROPE},           {"BEN", 204, WESTERN_AFRICA},  {"BES", 535, CARIBBEAN},
    {"BFA", 854, WESTERN_AFRICA},  {"BGD", 50, SOUTH_ASIA},       {"BGR", 100, EUROPE},
    {"BHR", 48, MIDDLE_EAST},      {"BHS", 44, CARIBBEAN},        {"BIH", 70, EUROPE},
    {"BLM", 652, CARIBBEAN},       {"BLR", 112, EUROPE},          {"BLZ", 84, CENTRAL_AMERICA},
    {"BMU", 60, NORTH_AMERICA},    {"BOL", 68, SOUTH_AMERICA},    {"BRA", 76, SOUTH_AMERICA},
    {"BRB", 52, CARIBBEAN},        {"BRN", 96, SOUTHEAST_ASIA},   {"BTN", 64, SOUTH_ASIA},
    {"BVT", 74, SOUTH_AMERICA},    {"BWA", 72, SOUTHERN_AFRICA},  {"CAF", 140, MIDDLE_AFRICA},
    {"CAN", 124, NORTH_AMERICA},   {"CCK", 166, OCEANIA},         {"CHE", 756, EUROPE},
    {"CHL", 152, SOUTH_AMERICA},   {"CHN", 156, EAST_ASIA},       {"CIV", 384, WESTERN_AFRICA},
    {"CMR", 120, MIDDLE_AFRICA},   {"COD", 180, MIDDLE_AFRICA},   {"COG", 178, MIDDLE_AFRICA},
    {"COK", 184, OCEANIA},         {"COL", 170, SOUTH_AMERICA},   {"COM", 174, EASTERN_AFRICA},
    {"CPV", 132, WESTERN_AFRICA},  {"CRI", 188, CENTRAL_AMERICA}, {"CUB", 192, CARIBBEAN},
    {"CUW", 531, CARIBBEAN},       {"CXR", 162, OCEANIA},         {"CYM", 136, CARIBBEAN},
    {"CYP", 196, EUROPE},          {"CZE", 203, EUROPE},          {"DEU", 276, EUROPE},
    {"DJI", 262, EASTERN_AFRICA},  {"DMA", 212, CARIBBEAN},       {"DNK", 208, EUROPE},
    {"DOM", 214, CARIBBEAN},       {"DZA", 12, NORTHERN_AFRICA},  {"ECU", 218, SOUTH_AMERICA},
    {"EGY", 818, NORTHERN_AFRICA}, {"ERI", 232, EASTERN_AFRICA},  {"ESH", 732, NORTHERN_AFRICA},
    {"ESP", 724, EUROPE},          {"EST", 233, EUROPE},          {"ETH", 231, EASTERN_AFRICA},
    {"FIN", 246, EUROPE},          {"FJI", 242, OCEANIA},         {"FLK", 238, SOUTH_AMERICA},
    {"FRA", 250, EUROPE},          {"FRO", 234, EUROPE},          {"FSM", 583, OCEANIA},
    {"GAB", 266, MIDDLE_AFRICA},   {"GBR", 826, EUROPE},          {"GEO", 268, CENTRAL_ASIA},
    {"GGY", 831, EUROPE},          {"GHA", 288, WESTERN_AFRICA},  {"GIB", 292, EUROPE},
    {"GIN", 324, WESTERN_AFRICA},  {"GLP", 312, CARIBBEAN},       {"GMB", 270, WESTERN_AFRICA},
    {"GNB", 624, WESTERN_AFRICA},  {"GNQ", 226, MIDDLE_AFRICA},   {"GRC", 300, EUROPE},
    {"GRD", 308, CARIBBEAN},       {"GRL", 304, NORTH_AMERICA},   {"GTM", 320, CENTRAL_AMERICA},
    {"GUF", 254, SOUTH_AMERICA},   {"GUM", 316, OCEANIA},         {"GUY", 328, SOUTH_AMERICA},
    {"HKG", 344, EAST_ASIA},       {"HMD", 334, OCEANIA},         {"HND", 340, CENTRAL_AMERICA},
    {"HRV", 191, EUROPE},          {"HTI", 332, CARIBBEAN},       {"HUN", 348, EUROPE},
    {"IDN", 360, SOUTHEAST_ASIA},  {"IMN", 833, EUROPE},          {"IND", 356, SOUTH_ASIA},
    {"IOT", 86, EASTERN_AFRICA},   {"IRL", 372, EUROPE},          {"IRN", 364, MIDDLE_EAST},
    {"IRQ", 368, MIDDLE_EAST},     {"ISL", 352, EUROPE},          {"ISR", 376, MIDDLE_EAST},
    {"ITA", 380, EUROPE},          {"JAM", 388, CARIBBEAN},       {"JEY", 832, EUROPE},
    {"JOR", 400, MIDDLE_EAST},     {"JPN", 392, EAST_ASIA},       {"KAZ", 398, CENTRAL_ASIA},
    {"KEN", 404, EASTERN_AFRICA},  {"KGZ", 417, CENTRAL_ASIA},    {"KHM", 116, SOUTHEAST_ASIA},
    {"KIR", 296, OCEANIA},         {"KNA", 659, CARIBBEAN},       {"KOR", 410, EAST_ASIA},
    {"KWT", 414, MIDDLE_EAST},     {"LAO", 418, SOUTHEAST_ASIA},  {"LBN", 422, MIDDLE_EAST},
    {"LBR", 430, WESTERN_AFRICA},  {"LBY", 434, NORTHERN_AFRICA}, {"LCA", 662, CARIBBEAN},
    {"LIE", 438, EUROPE},          {"LKA", 144, SOUTH_ASIA},      {"LSO", 426, SOUTHERN_AFRICA},
    {"LTU", 440, EUROPE},          {"LUX", 442, EUROPE},          {"LVA", 428, EUROPE},
    {"MAC", 446, EAST_ASIA},       {"MAF", 663, CARIBBEAN},       {"MAR", 504, NORTHERN_AFRICA},
    {"MCO", 492, EUROPE},          {"MDA", 498, EUROPE},          {"MDG", 450, EASTERN_AFRICA},
    {"MDV", 462, SOUTH_ASIA},      {"MEX", 484, CENTRAL_AMERICA}, {"MHL", 584, OCEANIA},
    {"MKD", 807, EUROPE},          {"MLI", 466, WESTERN_AFRICA},  {"MLT", 470, EUROPE},
    {"MMR", 104, SOUTHEAST_ASIA},  {"MNE", 499, EUROPE},          {"MNG", 496, EAST_ASIA},
    {"MNP", 580, OCEANIA},         {"MOZ", 508, EASTERN_AFRICA},  {"MRT", 478, WESTERN_AFRICA},
    {"MSR", 500, CARIBBEAN},       {"MTQ", 474, CARIBBEAN},       {"MUS", 480, EASTERN_AFRICA},
    {"MWI", 454, EASTERN_AFRICA},  {"MYS", 458, SOUTHEAST_ASIA},  {"MYT", 175, EASTERN_AFRICA},
    {"NAM", 516, SOUTHERN_AFRICA}, {"NCL", 540, OCEANIA},         {"NER", 562, WESTERN_AFRICA},
    {"NFK", 574, OCEANIA},         {"NGA", 566, WESTERN_AFRICA},  {"NIC", 558, CENTRAL_AMERICA},
    {"NIU", 570, OCEANIA},         {"NLD", 528, EUROPE},          {"NOR", 578, EUROPE},
    {"NPL", 524, SOUTH_ASIA},      {"NRU", 520, OCEANIA},         {"NZL", 554, OCEANIA},
    {"OMN", 512, MIDDLE_EAST},     {"PAK", 586, SOUTH_ASIA},      {"PAN", 591, CENTRAL_AMERICA},
    {"PCN", 612, OCEANIA},         {"PER", 604, SOUTH_AMERICA},   {"PHL", 608, SOUTHEAST_ASIA},
    {"PLW", 585, OCEANIA},         {"PNG", 598, OCEANIA},         {"POL", 616, EUROPE},
    {"PRI", 630, CARIBBEAN},       {"PRK", 408, EAST_ASIA},       {"PRT", 620, EUROPE},
    {"PRY", 600, SOUTH_AMERICA},   {"PSE", 275, MIDDLE_EAST},     {"PYF", 258, OCEANIA},
    {"QAT", 634, MIDDLE_EAST},     {"REU", 638, EASTERN_AFRICA},  {"ROU", 642, EUROPE},
    {"RUS", 643, EUROPE},          {"RWA", 646, EASTERN_AFRICA},  {"SAU", 682, MIDDLE_EAST},
    {"SDN", 729, NORTHERN_AFRICA}, {"SEN", 686, WESTERN_AFRICA},  {"SGP", 702, SOUTHEAST_ASIA},
    {"SGS", 239, SOUTH_AMERICA},   {"SHN", 654, WESTERN_AFRICA},  {"SJM", 744, EUROPE},
    {"SLB", 90, OCEANIA},          {"SLE", 694, WESTERN_AFRICA},  {"SLV", 222, CENTRAL_AMERICA},
    {"SMR", 674, EUROPE},          {"SOM", 706, EASTERN_AFRICA},  {"SPM", 666, NORTH_AMERICA},
    {"SRB", 688, EUROPE},          {"SSD", 728, EASTERN_AFRICA},  {"STP", 678, MIDDLE_AFRICA},
    {"SUR", 740, SOUTH_AMERICA},   {"SVK", 703, EUROPE},          {"SVN", 705, EUROPE},
    {"SWE", 752, EUROPE},          {"SWZ", 748, SOUTHERN_AFRICA}, {"SXM", 534, CARIBBEAN},
    {"SYC", 690, EASTERN_AFRICA},  {"SYR", 760, MIDDLE_EAST},     {"TCA", 796, CARIBBEAN},
    {"TCD", 148, MIDDLE_AFRICA},   {"TGO", 768, WESTERN_AFRICA},  {"THA", 764, SOUTHEAST_ASIA},
    {"TJK", 762, CENTRAL_ASIA},    {"TKL", 772, OCEANIA},         {"TKM", 795, CENTRAL_ASIA},
    {"TLS", 626, SOUTHEAST_ASIA},  {"TON", 776, OCEANIA},         {"TTO", 780, CARIBBEAN},
    {"TUN", 788, NORTHERN_AFRICA}, {"TUR", 792, MIDDLE_EAST},     {"TUV", 798, OCEANIA},
    {"TWN", 158, EAST_ASIA},       {"TZA", 834, EASTERN_AFRICA},  {"UGA", 800, EASTERN_AFRICA},
    {"UKR", 804, EUROPE},          {"UMI", 581, OCEANIA},         {"URY", 858, SOUTH_AMERICA},
    {"USA", 840, NORTH_AMERICA},   {"UZB", 860, CENTRAL_ASIA},    {"VAT", 336, EUROPE},
    {"VCT", 670, CARIBBEAN},       {"VEN", 862, SOUTH_AMERICA},   {"VGB", 92, CARIBBEAN},
    {"VIR", 850, CARIBBEAN},       {"VNM", 704, SOUTHEAST_ASIA},  {"VUT", 548, OCEANIA},
    {"WLF", 876, OCEANIA},         {"WSM", 882, OCEANIA},         {"XKX", 0, EUROPE},
    {"YEM", 887, MIDDLE_EAST},     {"ZAF", 710, SOUTHERN_AFRICA}, {"ZMB", 894, EASTERN_AFRICA},
    {"ZWE", 716, EASTERN_AFRICA},
};

static int by_code(const void *code, const void *one) {
  return strcmp(code, ((const state *)one)->code);
}

static const state *find(const char *code) {
  return bsearch(code, states, sizeof states / sizeof *states, sizeof *states, by_code);
}

int kh_state_number(const char *code) {
  const state *one = find(code);
  return one ? one->number : 0;
}

const char *kh_state_region(const char *code) {
  const state *one = find(code);
  return one ? regions[one->region] : "";
}
