/* Which syllables stand beside hits? A pass over the codes of an article that ends at its last hit: where a syllable
   stands is told by the gaps alone, so that only what is asked for is read. */

#include "forward.h"

/* A place in an article's codes, with what of its second parts and far ranks lies before it. */
typedef struct {
    int64_t form;
    int64_t position;
    int64_t low;
    int64_t far;
} place;

/* The codes of an article, with the bounds of all that is read for them. */
typedef struct {
    const uint8_t *codes;
    int64_t forms;
    int64_t low;
    int64_t low_stop;
    int64_t far;
    int64_t far_stop;
} article_codes;

static inline int is_pair(uint32_t code) {
    return code - FIRST_PAIRED < FAR_CODE - FIRST_PAIRED;
}

static int64_t open_article(const forward *in, int64_t article, article_codes *to) {
    if (article < 0 || article >= in->articles) return DAMAGED;
    int64_t start = in->starts[article], stop = in->starts[article + 1];
    to->low = in->low_starts[article];
    to->low_stop = in->low_starts[article + 1];
    to->far = in->far_starts[article];
    to->far_stop = in->far_starts[article + 1];
    if (start > stop || stop > in->code_count || to->low > to->low_stop || to->low_stop > in->low_count) return DAMAGED;
    if (to->far > to->far_stop || to->far_stop > in->far_count) return DAMAGED;
    to->codes = in->codes + start;
    to->forms = stop - start;
    return 0;
}

static inline void step_on(place *at, uint32_t code) {
    at->form++;
    at->position++;
    at->low += is_pair(code);
    at->far += code == FAR_CODE;
}

static inline void step_back(place *at, uint32_t code) {
    at->form--;
    at->position--;
    at->low -= is_pair(code);
    at->far -= code == FAR_CODE;
}

/* Goes on to the syllable at a position; DAMAGED where none is. */
static int64_t seek(const forward *in, const article_codes *of, uint32_t gap_code, int64_t position, place *at) {
    while (at->form < of->forms && at->position < position) {
        uint32_t code = of->codes[at->form];
        if (code == gap_code) {
            at->form++;
            at->position += in->gap;
        } else {
            step_on(at, code);
        }
    }
    while (at->form < of->forms && of->codes[at->form] == gap_code) { /* a gap before it ends nowhere else */
        at->form++;
        at->position += in->gap;
    }
    return at->form < of->forms && at->position == position ? 0 : DAMAGED;
}

/* The rank of the form at a place that is no gap; DAMAGED where it leads outside. */
static int64_t rank_at(const forward *in, const article_codes *of, const place *at) {
    uint32_t code = of->codes[at->form];
    int64_t rank = code;
    if (is_pair(code)) {
        int64_t low = of->low + at->low;
        if (low >= of->low_stop) return DAMAGED;
        rank = FIRST_PAIRED + (int64_t)(code - FIRST_PAIRED) * 256 + in->lows[low];
    } else if (code == FAR_CODE) {
        int64_t far = of->far + at->far;
        if (far >= of->far_stop) return DAMAGED;
        rank = in->far[far];
    }
    return rank < in->form_count ? rank : DAMAGED;
}

/* Goes so many syllables on or back within the paragraph; whether there are so many. */
static int walk(const article_codes *of, uint32_t gap_code, int64_t distance, place *at) {
    for (; distance < 0; distance++) {
        if (!at->form || of->codes[at->form - 1] == gap_code) return 0;
        step_back(at, of->codes[at->form - 1]);
    }
    for (; distance > 0; distance--) {
        step_on(at, of->codes[at->form]);
        if (at->form == of->forms || of->codes[at->form] == gap_code) return 0;
    }
    return 1;
}

/* The keys of the syllables at some distances from each hit, and where these stand; where none is both stay.

   ``gap_code``: the one code of a gap; 256 where there is no gap. */
int64_t khobao_syllables_beside(const forward *in, const uint16_t *numbers, int64_t length, const hits *of,
                                int64_t gap_code, const int64_t *distances, int64_t columns, int64_t *keys,
                                int64_t *witnesses) {
    int64_t hit = 0;
    uint32_t gap = (uint32_t)gap_code;
    for (int64_t row = 0; row < length; row++) {
        article_codes own;
        place at = {0, 0, 0, 0};
        if (open_article(in, numbers[row], &own)) return DAMAGED;
        for (; hit < of->ends[row]; hit++) {
            if (seek(in, &own, gap, of->starts[hit], &at)) return DAMAGED;
            place last = at;
            if (!walk(&own, gap, of->stops[hit] - 1 - of->starts[hit], &last)) return DAMAGED;
            for (int64_t column = 0; column < columns; column++) {
                place beside = distances[column] < 0 ? at : last;
                if (!walk(&own, gap, distances[column], &beside)) continue;
                int64_t rank = rank_at(in, &own, &beside);
                if (rank < 0) return DAMAGED;
                keys[hit * columns + column] = final_key(in->keys[rank]);
                witnesses[hit * columns + column] = witness_of(numbers[row], beside.form, 1);
            }
        }
    }
    return 0;
}
