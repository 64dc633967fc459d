// SPDX-License-Identifier: Apache-2.0
// Paradigms against tables written by hand.
#include "../../tools/khc/conjugate.c" // NOLINT(bugprone-suspicious-include)
#include "../../tools/khc/decline.c"   // NOLINT(bugprone-suspicious-include)
#include "../../tools/khc/spelling.c"  // NOLINT(bugprone-suspicious-include)

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct form_list {
  khc_spelling at[200];
  uint32_t features[200];
  int count;
} form_list;

static void take(void *context, const khc_spelling *form, uint32_t features) {
  form_list *list = context;
  assert_true(list->count < 200);
  list->at[list->count] = *form;
  list->features[list->count++] = features;
}

static khc_spelling spelt(const char *word) {
  khc_spelling spelling;
  if (!khc_spell(word, &spelling)) fail_msg("\"%s\" is no word", word);
  return spelling;
}

static bool is_in(const form_list *list, const char *word, uint32_t features) {
  const khc_spelling wanted = spelt(word);
  for (int i = 0; i < list->count; ++i)
    if (same_spelling(&list->at[i], &wanted) && (list->features[i] & features) == features)
      return true;
  return false;
}

enum {
  HE = KH_F_THIRD | KH_F_MASC | KH_F_SING,
  SHE = KH_F_THIRD | KH_F_FEM | KH_F_SING,
  THEY = KH_F_THIRD | KH_F_MASC | KH_F_PLUR,
  THEY_F = KH_F_THIRD | KH_F_FEM | KH_F_PLUR,
  BOTH = KH_F_THIRD | KH_F_MASC | KH_F_DUAL,
  BOTH_F = KH_F_THIRD | KH_F_FEM | KH_F_DUAL,
  I = KH_F_FIRST | KH_F_SING,
  WE = KH_F_FIRST | KH_F_PLUR,
};

/// A verb and its forms: past he, she, both, they, they (f.), I, we; present he, she, both, they,
/// they (f.), I, we; short present he, short they; passive past and present he (NULL: none of their
/// own).
typedef struct paradigm {
  const char *form;
  const char *passive; // NULL none, "+" the same, or the form
  const char *past[7];
  const char *present[7];
  const char *short_he;
  const char *short_they;
  const char *passive_past;
  const char *passive_present;
} paradigm;

static const paradigm paradigms[] = {
    {"I",
     "+",
     {"كتب", "كتبت", "كتبا", "كتبوا", "كتبن", "كتبت", "كتبنا"},
     {"يكتب", "تكتب", "يكتبان", "يكتبون", "يكتبن", "أكتب", "نكتب"},
     "يكتب",
     "يكتبوا",
     NULL,
     NULL},
    {"I",
     "قيل",
     {"قال", "قالت", "قالا", "قالوا", "قلن", "قلت", "قلنا"},
     {"يقول", "تقول", "يقولان", "يقولون", "يقلن", "أقول", "نقول"},
     "يقل",
     "يقولوا",
     "قيل",
     "يقال"},
    {"I",
     "+",
     {"خاف", "خافت", "خافا", "خافوا", "خفن", "خفت", "خفنا"},
     {"يخاف", "تخاف", "يخافان", "يخافون", "يخفن", "أخاف", "نخاف"},
     "يخف",
     "يخافوا",
     NULL,
     NULL},
    {"I",
     "دعي",
     {"دعا", "دعت", "دعوا", "دعوا", "دعون", "دعوت", "دعونا"},
     {"يدعو", "تدعو", "يدعوان", "يدعون", "يدعون", "أدعو", "ندعو"},
     "يدع",
     "يدعوا",
     "دعي",
     "يدعى"},
    {"I",
     "رمي",
     {"رمى", "رمت", "رميا", "رموا", "رمين", "رميت", "رمينا"},
     {"يرمي", "ترمي", "يرميان", "يرمون", "يرمين", "أرمي", "نرمي"},
     "يرم",
     "يرموا",
     "رمي",
     "يرمى"},
    {"I",
     NULL,
     {"بقي", "بقيت", "بقيا", "بقوا", "بقين", "بقيت", "بقينا"},
     {"يبقى", "تبقى", "يبقيان", "يبقون", "يبقين", "أبقى", "نبقى"},
     "يبق",
     "يبقوا",
     NULL,
     NULL},
    {"I",
     "+",
     {"ردّ", "ردت", "ردا", "ردوا", "رددن", "رددت", "رددنا"},
     {"يردّ", "ترد", "يردان", "يردون", "يرددن", "أرد", "نرد"},
     "يردد",
     "يردوا",
     NULL,
     NULL},
    {"I",
     "+",
     {"وجد", "وجدت", "وجدا", "وجدوا", "وجدن", "وجدت", "وجدنا"},
     {"يجد", "تجد", "يجدان", "يجدون", "يجدن", "أجد", "نجد"},
     "يجد",
     "يجدوا",
     NULL,
     "يوجد"},
    {"I",
     "+",
     {"أخذ", "أخذت", "أخذا", "أخذوا", "أخذن", "أخذت", "أخذنا"},
     {"يأخذ", "تأخذ", "يأخذان", "يأخذون", "يأخذن", "آخذ", "نأخذ"},
     "يأخذ",
     "يأخذوا",
     NULL,
     "يؤخذ"},
    {"I",
     "+",
     {"بدأ", "بدأت", "بدآ", "بدأوا", "بدأن", "بدأت", "بدأنا"},
     {"يبدأ", "تبدأ", "يبدآن", "يبدأون", "يبدأن", "أبدأ", "نبدأ"},
     "يبدأ",
     "يبدؤوا",
     NULL,
     NULL},
    {"I",
     NULL,
     {"جاء", "جاءت", "جاءا", "جاؤوا", "جئن", "جئت", "جئنا"},
     {"يجيء", "تجيء", "يجيئان", "يجيئون", "يجئن", "أجيء", "نجيء"},
     "يجئ",
     "يجيئوا",
     NULL,
     NULL},
    {"II",
     "+",
     {"أكّد", "أكدت", "أكدا", "أكدوا", "أكدن", "أكدت", "أكدنا"},
     {"يؤكد", "تؤكد", "يؤكدان", "يؤكدون", "يؤكدن", "أوكد", "نؤكد"},
     "يؤكد",
     "يؤكدوا",
     NULL,
     NULL},
    {"III",
     "توبع",
     {"تابع", "تابعت", "تابعا", "تابعوا", "تابعن", "تابعت", "تابعنا"},
     {"يتابع", "تتابع", "يتابعان", "يتابعون", "يتابعن", "أتابع", "نتابع"},
     "يتابع",
     "يتابعوا",
     "توبع",
     NULL},
    {"IV",
     "+",
     {"أعلن", "أعلنت", "أعلنا", "أعلنوا", "أعلن", "أعلنت", "أعلنا"},
     {"يعلن", "تعلن", "يعلنان", "يعلنون", "يعلن", "أعلن", "نعلن"},
     "يعلن",
     "يعلنوا",
     NULL,
     NULL},
    {"IV",
     "أصيب",
     {"أصاب", "أصابت", "أصابا", "أصابوا", "أصبن", "أصبت", "أصبنا"},
     {"يصيب", "تصيب", "يصيبان", "يصيبون", "يصبن", "أصيب", "نصيب"},
     "يصب",
     "يصيبوا",
     "أصيب",
     "يصاب"},
    {"IV",
     "أجري",
     {"أجرى", "أجرت", "أجريا", "أجروا", "أجرين", "أجريت", "أجرينا"},
     {"يجري", "تجري", "يجريان", "يجرون", "يجرين", "أجري", "نجري"},
     "يجر",
     "يجروا",
     "أجري",
     "يجرى"},
    {"V",
     NULL,
     {"تحدّى", "تحدت", "تحديا", "تحدوا", "تحدين", "تحديت", "تحدينا"},
     {"يتحدى", "تتحدى", "يتحديان", "يتحدون", "يتحدين", "أتحدى", "نتحدى"},
     "يتحد",
     "يتحدوا",
     NULL,
     NULL},
    {"VI",
     NULL,
     {"تبادل", "تبادلت", "تبادلا", "تبادلوا", "تبادلن", "تبادلت", "تبادلنا"},
     {"يتبادل", "تتبادل", "يتبادلان", "يتبادلون", "يتبادلن", "أتبادل", "نتبادل"},
     "يتبادل",
     "يتبادلوا",
     NULL,
     NULL},
    {"VII",
     NULL,
     {"انضم", "انضمت", "انضما", "انضموا", "انضممن", "انضممت", "انضممنا"},
     {"ينضم", "تنضم", "ينضمان", "ينضمون", "ينضممن", "أنضم", "ننضم"},
     "ينضمم",
     "ينضموا",
     NULL,
     NULL},
    {"VIII",
     "+",
     {"اتهم", "اتهمت", "اتهما", "اتهموا", "اتهمن", "اتهمت", "اتهمنا"},
     {"يتهم", "تتهم", "يتهمان", "يتهمون", "يتهمن", "أتهم", "نتهم"},
     "يتهم",
     "يتهموا",
     NULL,
     NULL},
    {"VIII",
     "+",
     {"احتل", "احتلت", "احتلا", "احتلوا", "احتللن", "احتللت", "احتللنا"},
     {"يحتل", "تحتل", "يحتلان", "يحتلون", "يحتللن", "أحتل", "نحتل"},
     "يحتلل",
     "يحتلوا",
     NULL,
     NULL},
    {"VIII",
     "احتيج",
     {"احتاج", "احتاجت", "احتاجا", "احتاجوا", "احتجن", "احتجت", "احتجنا"},
     {"يحتاج", "تحتاج", "يحتاجان", "يحتاجون", "يحتجن", "أحتاج", "نحتاج"},
     "يحتج",
     "يحتاجوا",
     "احتيج",
     NULL},
    {"X",
     "استعيد",
     {"استعاد", "استعادت", "استعادا", "استعادوا", "استعدن", "استعدت", "استعدنا"},
     {"يستعيد", "تستعيد", "يستعيدان", "يستعيدون", "يستعدن", "أستعيد", "نستعيد"},
     "يستعد",
     "يستعيدوا",
     "استعيد",
     "يستعاد"},
    {"X",
     NULL,
     {"استمر", "استمرت", "استمرا", "استمروا", "استمررن", "استمررت", "استمررنا"},
     {"يستمر", "تستمر", "يستمران", "يستمرون", "يستمررن", "أستمر", "نستمر"},
     "يستمرر",
     "يستمروا",
     NULL,
     NULL},
    {"X",
     "+",
     {"استخدم", "استخدمت", "استخدما", "استخدموا", "استخدمن", "استخدمت", "استخدمنا"},
     {"يستخدم", "تستخدم", "يستخدمان", "يستخدمون", "يستخدمن", "أستخدم", "نستخدم"},
     "يستخدم",
     "يستخدموا",
     NULL,
     NULL},
    {"Q",
     NULL,
     {"تدهور", "تدهورت", "تدهورا", "تدهوروا", "تدهورن", "تدهورت", "تدهورنا"},
     {"يتدهور", "تتدهور", "يتدهوران", "يتدهورون", "يتدهورن", "أتدهور", "نتدهور"},
     "يتدهور",
     "يتدهوروا",
     NULL,
     NULL},
};

static void check(const form_list *list, const char *verb, const char *form, uint32_t features) {
  if (!is_in(list, form, features)) fail_msg("%s lacks %s (%x)", verb, form, features);
}

static void verbs_conjugate(void **state) {
  (void)state;
  static const uint32_t persons[] = {HE, SHE, BOTH, THEY, THEY_F, I, WE};
  for (size_t i = 0; i < sizeof paradigms / sizeof *paradigms; ++i) {
    const paradigm *p = &paradigms[i];
    khc_verb verb = {.form = (khc_verb_form)khc_verb_form_of(p->form),
                     .past = spelt(p->past[0]),
                     .present = spelt(p->present[0]),
                     .passive = p->passive != NULL};
    if (p->passive && strcmp(p->passive, "+") != 0) verb.passive_past = spelt(p->passive);
    form_list list = {.count = 0};
    khc_conjugate(&verb, take, &list);
    for (int j = 0; j < 7; ++j) {
      check(&list, p->past[0], p->past[j], persons[j] | KH_F_PAST);
      check(&list, p->past[0], p->present[j], persons[j] | KH_F_PRESENT);
    }
    check(&list, p->past[0], p->short_he, HE | KH_F_PRESENT);
    check(&list, p->past[0], p->short_they, THEY | KH_F_PRESENT);
    if (p->passive_past) check(&list, p->past[0], p->passive_past, HE | KH_F_PAST | KH_F_PASSIVE);
    if (p->passive_present)
      check(&list, p->past[0], p->passive_present, HE | KH_F_PRESENT | KH_F_PASSIVE);
    if (p->passive && strcmp(p->passive, "+") == 0 && strcmp(p->past[0], "بدأ") != 0)
      check(&list, p->past[0], p->past[0], HE | KH_F_PAST | KH_F_MAYBE_PASSIVE);
  }
}

static void hamza_changes_its_seat_in_the_passive(void **state) {
  (void)state;
  khc_verb verb = {
      .form = KHC_FORM_X, .past = spelt("استأنف"), .present = spelt("يستأنف"), .passive = true};
  form_list list = {.count = 0};
  khc_conjugate(&verb, take, &list);
  assert_true(is_in(&list, "استؤنفت", SHE | KH_F_PASSIVE));
  verb.form = KHC_FORM_I;
  verb.past = spelt("سأل");
  verb.present = spelt("يسأل");
  khc_conjugate(&verb, take, &list);
  assert_true(is_in(&list, "سئل", HE | KH_F_PASSIVE));
}

static void no_passive_without_need(void **state) {
  (void)state;
  khc_verb verb = {.form = KHC_FORM_I, .past = spelt("ذهب"), .present = spelt("يذهب")};
  form_list list = {.count = 0};
  khc_conjugate(&verb, take, &list);
  for (int i = 0; i < list.count; ++i)
    assert_false(list.features[i] & (KH_F_PASSIVE | KH_F_MAYBE_PASSIVE));
}

static void nouns_decline(void **state) {
  (void)state;
  form_list list = {.count = 0};
  const khc_spelling town = spelt("مدينة");
  khc_decline_singular(&town, KH_F_FEM, take, &list);
  assert_true(is_in(&list, "مدينة", KH_F_FEM | KH_F_SING));
  assert_true(is_in(&list, "مدينتان", KH_F_DUAL | KH_F_NOM));
  assert_true(is_in(&list, "مدينتي", KH_F_DUAL | KH_F_CONSTRUCT | KH_F_OBL));
  assert_false(is_in(&list, "مدينةا", 0));
  const khc_spelling envoy = spelt("مبعوث");
  const khc_spelling envoys = spelt("مبعوثون");
  khc_decline_singular(&envoy, KH_F_MASC, take, &list);
  khc_decline_plural(&envoy, &envoys, KH_F_MASC, take, &list);
  assert_true(is_in(&list, "مبعوثا", KH_F_ACC));
  assert_true(is_in(&list, "مبعوثو", KH_F_PLUR | KH_F_CONSTRUCT | KH_F_NOM));
  assert_true(is_in(&list, "مبعوثين", KH_F_PLUR | KH_F_OBL));
  const khc_spelling statement = spelt("إعلان");
  const khc_spelling at = spelt("ات");
  khc_decline_plural(&statement, &at, KH_F_MASC, take, &list);
  assert_true(is_in(&list, "إعلانات", KH_F_PLUR));
  const khc_spelling building = spelt("مبنى");
  const khc_spelling buildings = spelt("مباني");
  khc_decline_singular(&building, KH_F_MASC, take, &list);
  khc_decline_plural(&building, &buildings, KH_F_MASC, take, &list);
  assert_true(is_in(&list, "مبنيان", KH_F_DUAL));
  assert_true(is_in(&list, "مبان", KH_F_PLUR | KH_F_BROKEN));
  const khc_spelling part = spelt("جزء");
  const khc_spelling thing = spelt("شيء");
  khc_decline_singular(&part, KH_F_MASC, take, &list);
  khc_decline_singular(&thing, KH_F_MASC, take, &list);
  assert_true(is_in(&list, "جزءا", KH_F_ACC));
  assert_true(is_in(&list, "شيئا", KH_F_ACC));
  const khc_spelling prison = spelt("سجن");
  const khc_spelling prisons = spelt("سجون");
  khc_decline_plural(&prison, &prisons, KH_F_MASC, take, &list);
  assert_true(is_in(&list, "سجون", KH_F_PLUR | KH_F_BROKEN));
  assert_false(is_in(&list, "سجين", KH_F_PLUR));
  const khc_spelling judge = spelt("قاضي");
  khc_decline_singular(&judge, KH_F_MASC, take, &list);
  assert_true(is_in(&list, "قاض", KH_F_SING));
}

static void adjectives_decline(void **state) {
  (void)state;
  form_list list = {.count = 0};
  const khc_spelling military = spelt("عسكري");
  khc_decline_adjective(&military, take, &list);
  assert_true(is_in(&list, "عسكرية", KH_F_FEM | KH_F_SING));
  assert_true(is_in(&list, "عسكريون", KH_F_MASC | KH_F_PLUR | KH_F_NOM));
  assert_true(is_in(&list, "عسكريات", KH_F_FEM | KH_F_PLUR));
  assert_true(is_in(&list, "عسكريتين", KH_F_FEM | KH_F_DUAL | KH_F_OBL));
  const khc_spelling greater = spelt("أكبر");
  khc_decline_adjective(&greater, take, &list);
  assert_true(is_in(&list, "كبرى", KH_F_ELATIVE | KH_F_FEM));
  const khc_spelling red = spelt("أحمر");
  khc_decline_adjective(&red, take, &list);
  assert_true(is_in(&list, "حمراء", KH_F_FEM));
  const khc_spelling calling = spelt("داع");
  khc_decline_defective(&calling, take, &list);
  assert_true(is_in(&list, "داعي", KH_F_MASC | KH_F_SING));
  assert_true(is_in(&list, "داعية", KH_F_FEM | KH_F_SING));
  assert_true(is_in(&list, "داعين", KH_F_PLUR | KH_F_OBL));
}

static void spellings_are_checked(void **state) {
  (void)state;
  khc_spelling spelling;
  assert_false(khc_spell("", &spelling));
  assert_false(khc_spell("kitab", &spelling));
  assert_false(khc_spell("کتاب", &spelling));
  assert_false(khc_spell("كتاب جديد", &spelling));
  assert_true(khc_spell("رَدَّ", &spelling));
  assert_int_equal(spelling.len, 2);
  assert_true(spelling.doubled);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(verbs_conjugate),
      cmocka_unit_test(no_passive_without_need),
      cmocka_unit_test(hamza_changes_its_seat_in_the_passive),
      cmocka_unit_test(nouns_decline),
      cmocka_unit_test(adjectives_decline),
      cmocka_unit_test(spellings_are_checked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
