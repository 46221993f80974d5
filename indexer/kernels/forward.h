/* The forward lists of a segment, and how the units of an article are read from them. Numpy does the same in
   indexer/engines/whoosh (forward_list.py, laid_out.py).

   As in segment.h no number in a file is believed: every access is bounded by the length of its array. */

#ifndef KHOBAO_FORWARD_H
#define KHOBAO_FORWARD_H

#include "segment.h"

#define GAP 0xffffffffU
#define FIRST_PAIRED 208
#define FAR_CODE 255
#define BODY 2
#define BASE 0x9E3779B97F4A7C15ULL
#define NO_KEY (-1)
#define FORM_BITS 26
#define LENGTH_BITS 12
#define SHARE_SHIFT 32

typedef struct {
    const uint32_t *forms;        /* by rank */
    const uint32_t *starts;       /* of each article, and one more: into codes, lows, far */
    const uint32_t *low_starts;
    const uint32_t *far_starts;
    const uint8_t *codes;
    const uint8_t *lows;
    const uint32_t *far;
    const void *zone_starts;
    const uint32_t *repeat_ends;
    const uint64_t *keys;         /* of the term of each form, by rank */
    int64_t form_count;
    int64_t articles;
    int64_t code_count;
    int64_t low_count;
    int64_t far_count;
    int64_t position_bytes;
    int64_t gap;                  /* positions between paragraphs */
} forward;

/* Which text counts: a bit for each zone, and whether what repeats the lede is left out. */
typedef struct {
    int64_t zones;
    int64_t once;
} counted_text;

/* A syllable, or a word: its positions, and its first form in the article. A position wraps only in a damaged file,
   and leads nowhere. */
typedef struct {
    uint32_t first;
    uint32_t stop;
    uint32_t form;
} unit;

/* An article: the ranks of its forms, and its units; the owner frees them. */
typedef struct {
    uint32_t *ranks;
    unit *values;
    int64_t forms;
    int64_t count;
    int64_t room;
} units;

static const uint8_t nothing[1];

static inline int64_t reserve_forms(units *to, int64_t wanted) {
    if (wanted <= to->room) return 0;
    uint32_t *ranks = realloc(to->ranks, (size_t)wanted * 2 * sizeof *ranks);
    if (ranks) to->ranks = ranks;
    unit *values = realloc(to->values, (size_t)wanted * 2 * sizeof *values);
    if (values) to->values = values;
    if (!ranks || !values) return NO_MEMORY;
    to->room = wanted * 2;
    return 0;
}

/* Reads the ranks of an article's forms. No branch depends on whether a form has a second part: that is as good as
   random. An index past the last second part stays at it, and is found at the end. */
static inline int64_t read_ranks(const forward *in, int64_t article, units *to) {
    if (article < 0 || article >= in->articles) return DAMAGED;
    int64_t start = in->starts[article], stop = in->starts[article + 1];
    int64_t low = in->low_starts[article], low_stop = in->low_starts[article + 1];
    int64_t far = in->far_starts[article], far_stop = in->far_starts[article + 1];
    if (start > stop || stop > in->code_count || low > low_stop || low_stop > in->low_count) return DAMAGED;
    if (far > far_stop || far_stop > in->far_count) return DAMAGED;
    int64_t failed = reserve_forms(to, stop - start), left = low_stop - low, used = 0, last = left ? left - 1 : 0;
    if (failed) return failed;
    const uint8_t *codes = in->codes + start, *lows = left ? in->lows + low : nothing;
    uint32_t most = 0;
    for (int64_t form = 0; form < stop - start; form++) {
        uint32_t code = codes[form], pair = code - FIRST_PAIRED, is_pair = pair < FAR_CODE - FIRST_PAIRED;
        uint32_t low_part = lows[used < last ? used : last];
        uint32_t rank = code + ((0U - is_pair) & (pair * 255 + low_part)); /* masked: compilers branch on ?: */
        used += is_pair;
        if (code == FAR_CODE) {
            if (far >= far_stop) return DAMAGED;
            rank = in->far[far++];
        }
        most = rank > most ? rank : most;
        to->ranks[form] = rank;
    }
    to->forms = stop - start;
    return used > left || (int64_t)most >= in->form_count + !to->forms ? DAMAGED : 0;
}

/* The key of a run of forms, without gaps. */
static inline uint64_t key_of_run(const forward *in, const units *of, int64_t form, int64_t length) {
    uint64_t key = in->keys[of->ranks[form]];
    for (int64_t next = form + 1; next < form + length; next++) key = key * BASE + in->keys[of->ranks[next]];
    return key;
}

static inline int64_t zone_begin(const forward *in, int64_t article, int64_t zone) {
    int64_t index = article * (ZONES - 1) + zone - 1;
    if (in->position_bytes == 2) return ((const uint16_t *)in->zone_starts)[index];
    return ((const uint32_t *)in->zone_starts)[index];
}

static inline int is_counted(const forward *in, const counted_text *text, int64_t article, int64_t first) {
    if (text->zones == (1 << ZONES) - 1 && !text->once) return 1;
    int64_t zone = 0;
    for (int64_t next = 1; next < ZONES; next++) zone += zone_begin(in, article, next) <= first;
    if (!(text->zones >> zone & 1)) return 0;
    return !(text->once && zone == BODY && first < (int64_t)in->repeat_ends[article]);
}

/* SplitMix64's last steps; 63 bits of them are a key. */
static inline int64_t final_key(uint64_t value) {
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ value >> 27) * 0x94D049BB133111EBULL;
    return (int64_t)((value ^ value >> 31) >> 1);
}

/* Where a unit stands, as one number. */
static inline int64_t witness_of(int64_t article, int64_t form, int64_t syllables) {
    int64_t most = (1 << LENGTH_BITS) - 1;
    return (article << FORM_BITS | form) << LENGTH_BITS | (syllables < most ? syllables : most);
}

/* Hits in some articles: those of each end at ``ends``; by start and stop in each. */
typedef struct {
    const int64_t *ends;
    const int64_t *starts;
    const int64_t *stops;
} hits;

#endif
