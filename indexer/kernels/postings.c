/* Which articles hold some terms, how often, and where? Loops over the postings of a segment. */

#include "segment.h"

int64_t khobao_kernels_version(void) { return KERNELS_VERSION; }

/* Spots with the index of each, while they are gathered. */
typedef struct {
    int64_t *spots;
    int64_t *indices;
    int64_t room;
    int64_t count;
    cursor at;
} gathered;

static int64_t gather_posting(const segment *in, int64_t posting, int64_t place, void *state) {
    gathered *out = state;
    (void)place;
    int64_t count = count_of(in, posting);
    int64_t first = first_occurrence(in, &out->at, posting);
    if (count < 0 || first < 0 || first + count > in->occurrences) return DAMAGED;
    int64_t article = (int64_t)in->numbers[posting] << ARTICLE_SHIFT;
    for (int64_t index = first; index < first + count; index++, out->count++)
        if (out->count < out->room) {
            out->spots[out->count] = article | position_at(in, index);
            out->indices[out->count] = index;
        }
    return 0;
}

/* The occurrences of a set of terms in some articles (ascending): term by term, ascending in each.

   ``runs``: pairs of the first term and the one after the last. */
int64_t khobao_read_spots(const segment *in, const int64_t *runs, int64_t run_count, const uint16_t *numbers,
                          int64_t length, int64_t *spots, int64_t *indices, int64_t room) {
    gathered out = {spots, indices, room, 0, {0, 0}};
    int64_t failed = visit_terms(in, runs, run_count, numbers, length, gather_posting, &out);
    return failed ? failed : out.count;
}

static int64_t note_held(const segment *in, int64_t posting, int64_t place, void *state) {
    (void)in;
    (void)posting;
    ((uint8_t *)state)[place] = 1;
    return 0;
}

/* Those of some articles (ascending) that hold any of the terms. ``held``: room for a byte each, zero before. */
int64_t khobao_among(const segment *in, const int64_t *runs, int64_t run_count, const uint16_t *numbers,
                     int64_t length, uint8_t *held, uint16_t *found) {
    if (visit_terms(in, runs, run_count, numbers, length, note_held, held)) return DAMAGED;
    int64_t count = 0;
    for (int64_t place = 0; place < length; place++)
        if (held[place]) found[count++] = numbers[place];
    return count;
}

static int64_t add_weight(const segment *in, int64_t posting, int64_t place, void *state) {
    int64_t weight = weight_of(in, posting);
    if (weight < 0) return DAMAGED;
    ((double *)state)[place] += (double)weight;
    return 0;
}

/* The weighted frequencies of terms together in some articles (ascending); ``sums`` is zero before. */
int64_t khobao_frequencies(const segment *in, const int64_t *runs, int64_t run_count, const uint16_t *numbers,
                           int64_t length, double *sums) {
    return visit_terms(in, runs, run_count, numbers, length, add_weight, sums);
}

/* The weighted frequencies of terms together in every article of the segment, at most PAST of each in ``capped``.

   Those of PAST or more stand in ``past_values``, their articles in ``past_at``; how many there are comes back.
   ``sums``: room for a number each, zero before. */
int64_t khobao_row(const segment *in, const int64_t *runs, int64_t run_count, uint32_t *restrict sums,
                   uint8_t *restrict capped,
                   uint16_t *past_at, double *past_values) {
    for (int64_t run = 0; run < run_count; run++) {
        int64_t posting, stop;
        if (postings_of(in, runs[2 * run], runs[2 * run + 1], &posting, &stop)) return DAMAGED;
        for (; posting < stop; posting++) {
            int64_t weight = weight_of(in, posting);
            if (weight < 0 || in->numbers[posting] >= in->articles) return DAMAGED;
            sums[in->numbers[posting]] += (uint32_t)weight;
        }
    }
    uint32_t highest = 0;
    for (int64_t article = 0; article < in->articles; article++) {
        uint32_t sum = sums[article];
        highest = sum > highest ? sum : highest;
        capped[article] = (uint8_t)(sum < PAST ? sum : PAST);
    }
    int64_t past = 0;
    for (int64_t article = 0; article < in->articles && highest >= PAST; article++) {
        if (sums[article] < PAST) continue;
        past_at[past] = (uint16_t)article;
        past_values[past++] = sums[article];
    }
    return past;
}

/* Which articles hold any of the terms, as a byte each; ``mask`` is zero before. */
int64_t khobao_mask(const segment *in, const int64_t *runs, int64_t run_count, uint8_t *mask) {
    for (int64_t run = 0; run < run_count; run++) {
        int64_t posting, stop;
        if (postings_of(in, runs[2 * run], runs[2 * run + 1], &posting, &stop)) return DAMAGED;
        for (; posting < stop; posting++) {
            if (in->numbers[posting] >= in->articles) return DAMAGED;
            mask[in->numbers[posting]] = 1;
        }
    }
    return 0;
}

/* How many of the articles of a mask hold each of consecutive terms. */
int64_t khobao_count_terms(const segment *in, int64_t first, int64_t last, const uint8_t *mask, int64_t *counts) {
    if (first < 0 || first > last || last > in->terms) return DAMAGED;
    for (int64_t term = first; term < last; term++) {
        int64_t posting, stop, count = 0;
        if (postings_of(in, term, term + 1, &posting, &stop)) return DAMAGED;
        for (; posting < stop; posting++) {
            if (in->numbers[posting] >= in->articles) return DAMAGED;
            count += mask[in->numbers[posting]];
        }
        counts[term - first] = count;
    }
    return 0;
}
