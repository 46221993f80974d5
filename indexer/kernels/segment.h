/* The arrays of a segment, and how its postings are read. Numpy does the same in indexer/engines/whoosh, and gives
   the same values.

   Plain C11, no Python.h: the arrays are given by address and length (segment_view.py). No index that a file holds
   is believed: every access is bounded by the length of its array, and a value that leads outside ends the call
   with DAMAGED. A function that fills an array of the caller's returns how many values it has, and stores at most
   ``room`` of them; where it has more the caller gives a larger array. */

#ifndef KHOBAO_SEGMENT_H
#define KHOBAO_SEGMENT_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DAMAGED (-1)
#define NO_MEMORY (-2)
#define STRIDE 16
#define NARROW 15
#define PAST 255
#define ZONES 4
#define ARTICLE_SHIFT 32
#define POSITION_MASK 0xffffffffLL

typedef struct {
    const uint16_t *numbers;
    const uint8_t *frequencies;
    const uint32_t *stride_starts;
    const uint32_t *posting_starts;
    const uint32_t *wide_at;
    const uint32_t *wide_counts;
    const uint32_t *wide_weights;
    const void *positions;
    const void *zone_starts;
    const uint8_t *flags;
    const uint8_t *spans;
    const uint32_t *spans_at;
    const uint64_t *spans_past;
    int64_t postings;
    int64_t strides;
    int64_t terms;
    int64_t wide;
    int64_t occurrences;
    int64_t articles;
    int64_t position_bytes;
    int64_t flag_bytes;
    int64_t span_count;
    int64_t spans_wide;
} segment;

static inline int64_t first_not_below_u32(const uint32_t *values, int64_t length, uint32_t wanted) {
    int64_t low = 0, high = length;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (values[middle] < wanted) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Defines the search for the first of ascending numbers from ``low`` on that is not below one; steps double until
   it is passed. */
#define DEFINE_GALLOP(name, number)                                                          \
    static inline int64_t name(const number *values, int64_t low, int64_t length, number wanted) { \
        int64_t step = 1, high = low;                                                        \
        while (high < length && values[high] < wanted) {                                     \
            low = high + 1;                                                                  \
            high += step;                                                                    \
            step *= 2;                                                                       \
        }                                                                                    \
        if (high > length) high = length;                                                    \
        while (low < high) {                                                                 \
            int64_t middle = low + (high - low) / 2;                                         \
            if (values[middle] < wanted) low = middle + 1;                                   \
            else high = middle;                                                              \
        }                                                                                    \
        return low;                                                                          \
    }

DEFINE_GALLOP(gallop_u16, uint16_t)
DEFINE_GALLOP(gallop_i64, int64_t)

/* The place of a posting among those whose count and weight stand apart. */
static inline int64_t wide_place(const segment *in, int64_t posting) {
    int64_t at = first_not_below_u32(in->wide_at, in->wide, (uint32_t)posting);
    return at == in->wide || in->wide_at[at] != (uint32_t)posting ? DAMAGED : at;
}

static inline int64_t count_of(const segment *in, int64_t posting) {
    uint8_t code = in->frequencies[posting];
    if (code != PAST) return code & NARROW;
    int64_t at = wide_place(in, posting);
    return at < 0 ? DAMAGED : (int64_t)in->wide_counts[at];
}

static inline int64_t weight_of(const segment *in, int64_t posting) {
    uint8_t code = in->frequencies[posting];
    if (code != PAST) return (code & NARROW) + (code >> 4);
    int64_t at = wide_place(in, posting);
    return at < 0 ? DAMAGED : (int64_t)in->wide_weights[at];
}

/* The postings of consecutive terms: from ``start`` up to ``stop``. */
static inline int64_t postings_of(const segment *in, int64_t first, int64_t last, int64_t *start, int64_t *stop) {
    if (first < 0 || first > last || last > in->terms) return DAMAGED;
    *start = in->posting_starts[first];
    *stop = in->posting_starts[last];
    return *start > *stop || *stop > in->postings ? DAMAGED : 0;
}

static inline int64_t position_at(const segment *in, int64_t index) {
    if (in->position_bytes == 2) return ((const uint16_t *)in->positions)[index];
    return ((const uint32_t *)in->positions)[index];
}

static inline int64_t zone_start(const segment *in, int64_t article, int64_t zone) {
    int64_t index = article * 3 + zone - 1;
    if (in->position_bytes == 2) return ((const uint16_t *)in->zone_starts)[index];
    return ((const uint32_t *)in->zone_starts)[index];
}

/* The zone in which a position of an article lies: 0 to ZONES - 1. */
static inline int64_t zone_of(const segment *in, int64_t article, int64_t position) {
    int64_t zone = 0;
    for (int64_t next = 1; next < ZONES; next++) zone += zone_start(in, article, next) <= position;
    return zone;
}

/* The index of a posting's first position, and of which posting it was found last: the next one is often near. */
typedef struct {
    int64_t posting;
    int64_t index;
} cursor;

static inline int64_t first_occurrence(const segment *in, cursor *at, int64_t posting) {
    int64_t stride = posting / STRIDE;
    if (stride >= in->strides) return DAMAGED;
    if (at->posting > posting || at->posting < stride * STRIDE) {
        at->posting = stride * STRIDE;
        at->index = in->stride_starts[stride];
    }
    for (; at->posting < posting; at->posting++) {
        int64_t count = count_of(in, at->posting);
        if (count < 0) return DAMAGED;
        at->index += count;
    }
    return at->index;
}

/* What is done with each posting of some terms that is in one of some articles, at this place among them. */
typedef int64_t (*visit)(const segment *in, int64_t posting, int64_t place, void *state);

static inline int64_t visit_sought(const segment *in, const int64_t *runs, int64_t run_count, const uint16_t *numbers,
                                   int64_t length, visit visited, void *state) {
    for (int64_t run = 0; run < run_count; run++) {
        for (int64_t term = runs[2 * run]; term < runs[2 * run + 1]; term++) {
            int64_t posting, stop, place = 0;
            if (postings_of(in, term, term + 1, &posting, &stop)) return DAMAGED;
            while (posting < stop && place < length) {
                uint16_t article = in->numbers[posting], wanted = numbers[place];
                if (article == wanted) {
                    int64_t failed = visited(in, posting, place, state);
                    if (failed) return failed;
                    posting++;
                    place++;
                } else if (article < wanted) posting = gallop_u16(in->numbers, posting + 1, stop, wanted);
                else place = gallop_u16(numbers, place + 1, length, article);
            }
        }
    }
    return 0;
}

/* For each article its place among those that are asked about, plus one; all are zero between calls. */
static _Thread_local uint16_t places_of_articles[1 << 16];

static inline int64_t visit_scanned(const segment *in, const int64_t *runs, int64_t run_count, const uint16_t *numbers,
                                    int64_t length, visit visited, void *state) {
    int64_t failed = 0;
    uint16_t *places = places_of_articles; /* where a thread's own array lies is asked once */
    for (int64_t place = 0; place < length; place++) places[numbers[place]] = (uint16_t)(place + 1);
    for (int64_t run = 0; run < run_count && !failed; run++) {
        int64_t posting, stop;
        failed = postings_of(in, runs[2 * run], runs[2 * run + 1], &posting, &stop);
        for (; !failed && posting < stop; posting++) {
            int64_t place = places[in->numbers[posting]];
            if (place) failed = visited(in, posting, place - 1, state);
        }
    }
    for (int64_t place = 0; place < length; place++) places[numbers[place]] = 0;
    return failed;
}

#define SEARCH_COST 10 /* searching for one article costs as much as scanning so many postings */

/* Visits the postings of terms in some articles (ascending): term by term, ascending in each. */
static inline int64_t visit_terms(const segment *in, const int64_t *runs, int64_t run_count, const uint16_t *numbers,
                                  int64_t length, visit visited, void *state) {
    int64_t scanned = 2 * length, sought = 0;
    for (int64_t run = 0; run < run_count; run++) {
        int64_t start, stop;
        if (postings_of(in, runs[2 * run], runs[2 * run + 1], &start, &stop)) return DAMAGED;
        scanned += stop - start;
        for (int64_t term = runs[2 * run]; term < runs[2 * run + 1]; term++) {
            int64_t held = (int64_t)in->posting_starts[term + 1] - in->posting_starts[term];
            sought += SEARCH_COST * (held < length ? held : length);
        }
    }
    if (scanned < sought && length <= UINT16_MAX)
        return visit_scanned(in, runs, run_count, numbers, length, visited, state);
    return visit_sought(in, runs, run_count, numbers, length, visited, state);
}

/* A growing list of numbers; the owner frees it. */
typedef struct {
    int64_t *values;
    int64_t count;
    int64_t room;
} list;

static inline int64_t reserve(list *of, int64_t more) {
    int64_t wanted = of->count + more, room = of->room ? of->room : 1024;
    if (wanted <= of->room) return 0;
    while (room < wanted) room *= 2;
    int64_t *values = realloc(of->values, (size_t)room * sizeof *values);
    if (!values) return NO_MEMORY;
    of->values = values;
    of->room = room;
    return 0;
}

static inline int64_t append(list *to, int64_t value) {
    if (to->count == to->room && reserve(to, 1)) return NO_MEMORY;
    to->values[to->count++] = value;
    return 0;
}

/* spots.c */
int64_t khobao_sort_runs(int64_t *spots, int64_t length);
int64_t khobao_intersect(const int64_t *few, int64_t few_length, const int64_t *many, int64_t many_length,
                         int64_t shift, int64_t *common);
int64_t khobao_windows(const segment *in, const int64_t *spots, const int64_t *ends, int64_t words, int64_t width,
                       const double *values, const double *lede, const double *title, const uint16_t *numbers,
                       int64_t length, int64_t *cursors, double *heads_of, double *windows, double *heads);
int64_t khobao_weigh(const segment *in, const int64_t *spots, int64_t count, const uint16_t *numbers, int64_t length,
                     const double *weights, double *sums);
int64_t gather_sorted(const segment *in, const int64_t *runs, int64_t run_count, const uint16_t *numbers,
                      int64_t length, list *spots);

#endif
