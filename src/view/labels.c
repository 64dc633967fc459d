// SPDX-License-Identifier: Apache-2.0
#include "view/labels.h"

#include <string.h>

enum { LANGUAGES = 2 };

static const char *const labels[KH_LABEL_COUNT][LANGUAGES] = {
    [KH_LABEL_SOURCE] = {"source", "المصدر"},
    [KH_LABEL_PUBLISHED] = {"published", "نُشر"},
    [KH_LABEL_LANGUAGE] = {"language", "اللغة"},
    [KH_LABEL_NOT_ARABIC] = {"The text is not in Arabic; nothing is claimed from it.",
                             "النص ليس بالعربية، فلا يُستخلص منه شيء."},
    [KH_LABEL_NOTHING] = {"Nothing was found in it.", "لم يُعثر فيه على شيء."},
    [KH_LABEL_STATEMENTS] = {"Statements", "الأقوال"},
    [KH_LABEL_EVENTS] = {"Events", "الأحداث"},
    [KH_LABEL_FIGURES] = {"Figures", "الأعداد"},
    [KH_LABEL_STEPS] = {"Steps", "الخطوات"},
    [KH_LABEL_ENTITIES] = {"Who and where", "من وأين"},
    [KH_LABEL_TIMES] = {"Times", "الأوقات"},
    [KH_LABEL_WITH] = {"with", "مع"},
    [KH_LABEL_TO] = {"to", "إلى"},
    [KH_LABEL_VIA] = {"via", "عبر"},
    [KH_LABEL_WHEN] = {"when", "متى"},
    [KH_LABEL_WHERE] = {"where", "أين"},
    [KH_LABEL_IN_STATEMENT] = {"in statement", "ضمن القول"},
    [KH_LABEL_NOT] = {"did not happen", "لم يحدث"},
    [KH_LABEL_BY] = {"by", "من"},
    [KH_LABEL_ON] = {"on", "على"},
    [KH_LABEL_ASKED_BY] = {"asked by", "يطلبها"},
    [KH_LABEL_FOR] = {"in return for", "مقابل"},
    [KH_LABEL_ACCORDING_TO] = {"according to", "بحسب"},
    [KH_LABEL_SINCE] = {"since", "منذ"},
    [KH_LABEL_UNTIL] = {"until", "حتى"},
    [KH_LABEL_PART_OF] = {"part of figure", "جزء من العدد"},
    [KH_LABEL_RESTATES] = {"the same as figure", "هو نفسه العدد"},
    [KH_LABEL_RULE] = {"rule", "القاعدة"},
    [KH_LABEL_MENTIONS] = {"mentions", "مرات الذكر"},
    [KH_LABEL_INFERRED] = {"completed from the date of the report", "مكمَّل من تاريخ التقرير"},
    [KH_LABEL_CONFLICT] = {"its parts contradict one another", "أجزاؤه متناقضة"},
    [KH_LABEL_UNTITLED] = {"(no title)", "(بلا عنوان)"},
    [KH_LABEL_COMMA] = {", ", "، "},
};

typedef struct term {
  const char *word; // as the record writes it
  const char *in[LANGUAGES];
} term;

static const term terms[] = {
    // entities
    {"person", {"person", "شخص"}},
    {"place", {"place", "مكان"}},
    {"org", {"organisation", "منظمة"}},
    {"armed", {"armed group", "جهة مسلحة"}},
    {"media", {"media", "وسيلة إعلام"}},
    {"people", {"people", "جماعة"}},
    {"actor", {"unnamed", "غير مسمّى"}},
    // statements
    {"direct", {"quoted", "نص كلامه"}},
    {"indirect", {"reported", "بالمعنى"}},
    {"mixed", {"partly quoted", "بعضه نص كلامه"}},
    // events
    {"AGREE", {"agree", "اتفاق"}},
    {"CONSULT", {"consult", "تشاور"}},
    {"SUPPORT", {"support", "تأييد"}},
    {"CONCEDE", {"concede", "تنازل"}},
    {"COOPERATE", {"cooperate", "تعاون"}},
    {"AID", {"aid", "مساعدة"}},
    {"RETREAT", {"retreat", "تراجع"}},
    {"REQUEST", {"request", "طلب"}},
    {"ACCUSE", {"accuse", "اتهام"}},
    {"REJECT", {"reject", "رفض"}},
    {"THREATEN", {"threaten", "تهديد"}},
    {"PROTEST", {"protest", "احتجاج"}},
    {"SANCTION", {"sanction", "عقوبة"}},
    {"MOBILIZE", {"mobilize", "حشد"}},
    {"COERCE", {"coerce", "إكراه"}},
    {"ASSAULT", {"assault", "اعتداء"}},
    {"actual", {"happened", "حدث"}},
    {"future", {"planned", "مزمع"}},
    {"possible", {"possible", "محتمل"}},
    {"demanded", {"demanded", "مطلوب"}},
    {"conditional", {"conditional", "مشروط"}},
    // figures
    {"exact", {"", ""}},
    {"about", {"about", "نحو"}},
    {"at_least", {"at least", "لا يقل عن"}},
    {"at_most", {"at most", "لا يزيد على"}},
    {"persons", {"persons", "أشخاص"}},
    {"civilians", {"civilians", "مدنيون"}},
    {"children", {"children", "أطفال"}},
    {"women", {"women", "نساء"}},
    {"men", {"men", "رجال"}},
    {"families", {"families", "عائلات"}},
    {"fighters", {"fighters", "مقاتلون"}},
    {"soldiers", {"soldiers", "جنود"}},
    {"police", {"police", "شرطة"}},
    {"medics", {"medics", "مسعفون"}},
    {"rescuers", {"rescuers", "رجال إنقاذ"}},
    {"journalists", {"journalists", "صحفيون"}},
    {"detainees", {"detainees", "معتقلون"}},
    {"refugees", {"refugees", "لاجئون"}},
    {"students", {"students", "طلاب"}},
    {"workers", {"workers", "عمال"}},
    {"officials", {"officials", "مسؤولون"}},
    {"strikes", {"strikes", "غارات"}},
    {"shells", {"shells", "قذائف"}},
    {"rockets", {"rockets", "صواريخ"}},
    {"vehicles", {"vehicles", "آليات"}},
    {"houses", {"houses", "منازل"}},
    {"facilities", {"facilities", "منشآت"}},
    {"villages", {"villages", "قرى"}},
    {"tents", {"tents", "خيام"}},
    {"aircraft", {"aircraft", "طائرات"}},
    {"killed", {"killed", "قتلى"}},
    {"wounded", {"wounded", "جرحى"}},
    {"displaced", {"displaced", "نازحون"}},
    {"returned", {"returned", "عائدون"}},
    {"detained", {"detained", "محتجزون"}},
    {"released", {"released", "مفرج عنهم"}},
    {"missing", {"missing", "مفقودون"}},
    {"abducted", {"abducted", "مخطوفون"}},
    {"evacuated", {"evacuated", "مُجلَون"}},
    {"besieged", {"besieged", "محاصرون"}},
    {"in_need", {"in need", "محتاجون"}},
    {"attacks", {"attacks", "هجمات"}},
    {"destroyed", {"destroyed", "مدمَّرة"}},
    {"damaged", {"damaged", "متضررة"}},
    {"deployed", {"deployed", "منتشرون"}},
    {"surrendered", {"surrendered", "مستسلمون"}},
    {"shot_down", {"shot down", "أُسقطت"}},
    {"other", {"other", "غير ذلك"}},
    // steps
    {"ceasefire", {"ceasefire", "وقف إطلاق النار"}},
    {"withdrawal", {"withdrawal", "انسحاب"}},
    {"talks", {"talks", "محادثات"}},
    {"agreement", {"agreement", "اتفاق"}},
    {"political_process", {"political process", "عملية سياسية"}},
    {"consent", {"consent", "موافقة"}},
    {"aid_access", {"access for aid", "وصول المساعدات"}},
    {"return", {"return", "عودة"}},
    {"sanctions_relief", {"relief of sanctions", "تخفيف العقوبات"}},
    {"elections", {"elections", "انتخابات"}},
    {"disarmament", {"disarmament", "نزع السلاح"}},
    {"deployment_of_observers", {"deployment of observers", "نشر مراقبين"}},
    {"safe_zone", {"safe zone", "منطقة آمنة"}},
    {"opening", {"opening", "فتح"}},
    {"investigation", {"investigation", "تحقيق"}},
    {"counterterrorism", {"counterterrorism", "مكافحة الإرهاب"}},
    {"recognition", {"recognition", "اعتراف"}},
    {"reconstruction", {"reconstruction", "إعادة الإعمار"}},
    {"evacuation", {"evacuation", "إجلاء"}},
    {"security_guarantee", {"security guarantee", "ضمانة أمنية"}},
    {"promised", {"promised", "موعود بها"}},
    {"agreed", {"agreed", "متفق عليها"}},
    {"under_way", {"under way", "جارية"}},
    {"met", {"met", "تحققت"}},
    {"not_met", {"not met", "لم تتحقق"}},
    {"refused", {"refused", "مرفوضة"}},
    {"violated", {"violated", "منتهكة"}},
    {"suspended", {"suspended", "معلقة"}},
};

static size_t index_of(kh_view_language language) { return language == KH_VIEW_ARABIC ? 1 : 0; }

const char *kh_label_text(kh_label label, kh_view_language language) {
  return labels[label][index_of(language)];
}

const char *kh_label_term(const char *word, kh_view_language language) {
  for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
    if (strcmp(terms[i].word, word) == 0) return terms[i].in[index_of(language)];
  }
  return word;
}
