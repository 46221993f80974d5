/* Loops over the mapped arrays of a segment. Numpy does the same in indexer/engines/whoosh, and gives the same
   values.

   Plain C11, no Python.h: the arrays are given by address and length (segment_view.py, spots.py). No index that
   a file holds is believed: every access is bounded by the length of its array, and a value that leads outside
   ends the call with DAMAGED. A function that fills an array of the caller's returns how many values it has, and stores at most
   ``room`` of them; where it has more the caller gives a larger array. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DAMAGED (-1)
#define NO_MEMORY (-2)
#define STRIDE 16
#define NARROW 15
#define PAST 255
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
    int64_t postings;
    int64_t strides;
    int64_t terms;
    int64_t wide;
    int64_t occurrences;
    int64_t articles;
    int64_t position_bytes;
} segment;

int64_t khobao_kernels_version(void) { return KERNELS_VERSION; }

static int64_t first_not_below_u32(const uint32_t *values, int64_t length, uint32_t wanted) {
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
    static int64_t name(const number *values, int64_t low, int64_t length, number wanted) { \
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
static int64_t wide_place(const segment *in, int64_t posting) {
    int64_t at = first_not_below_u32(in->wide_at, in->wide, (uint32_t)posting);
    return at == in->wide || in->wide_at[at] != (uint32_t)posting ? DAMAGED : at;
}

static int64_t count_of(const segment *in, int64_t posting) {
    uint8_t code = in->frequencies[posting];
    if (code != PAST) return code & NARROW;
    int64_t at = wide_place(in, posting);
    return at < 0 ? DAMAGED : in->wide_counts[at];
}

static int64_t weight_of(const segment *in, int64_t posting) {
    uint8_t code = in->frequencies[posting];
    if (code != PAST) return (code & NARROW) + (code >> 4);
    int64_t at = wide_place(in, posting);
    return at < 0 ? DAMAGED : in->wide_weights[at];
}

/* The postings of consecutive terms: from ``start`` up to ``stop``. */
static int64_t postings_of(const segment *in, int64_t first, int64_t last, int64_t *start, int64_t *stop) {
    if (first < 0 || first > last || last > in->terms) return DAMAGED;
    *start = in->posting_starts[first];
    *stop = in->posting_starts[last];
    return *start > *stop || *stop > in->postings ? DAMAGED : 0;
}

static int64_t position_at(const segment *in, int64_t index) {
    if (in->position_bytes == 2) return ((const uint16_t *)in->positions)[index];
    return ((const uint32_t *)in->positions)[index];
}

static int64_t zone_start(const segment *in, int64_t article, int64_t zone) {
    int64_t index = article * 3 + zone - 1;
    if (in->position_bytes == 2) return ((const uint16_t *)in->zone_starts)[index];
    return ((const uint32_t *)in->zone_starts)[index];
}

/* The index of a posting's first position. */
static int64_t first_occurrence(const segment *in, int64_t posting) {
    int64_t stride = posting / STRIDE;
    if (stride >= in->strides) return DAMAGED;
    int64_t index = in->stride_starts[stride];
    for (int64_t before = stride * STRIDE; before < posting; before++) {
        int64_t count = count_of(in, before);
        if (count < 0) return DAMAGED;
        index += count;
    }
    return index;
}

/* What is done with each posting of some terms that is in one of some articles, at this place among them. */
typedef int64_t (*visit)(const segment *in, int64_t posting, int64_t place, void *state);

static int64_t visit_terms(const segment *in, const int64_t *runs, int64_t run_count, const uint16_t *numbers,
                           int64_t length, visit visited, void *state) {
    for (int64_t run = 0; run < run_count; run++) {
        if (runs[2 * run] < 0 || runs[2 * run + 1] > in->terms) return DAMAGED;
        for (int64_t term = runs[2 * run]; term < runs[2 * run + 1]; term++) {
            int64_t posting, stop, place = 0;
            if (postings_of(in, term, term + 1, &posting, &stop)) return DAMAGED;
            while (posting < stop && place < length) {
                uint16_t article = in->numbers[posting], wanted = numbers[place];
                if (article == wanted) {
                    if (visited(in, posting, place, state)) return DAMAGED;
                    posting++;
                    place++;
                } else if (article < wanted) posting = gallop_u16(in->numbers, posting + 1, stop, wanted);
                else place = gallop_u16(numbers, place + 1, length, article);
            }
        }
    }
    return 0;
}

/* Spots with the index of each, while they are gathered. */
typedef struct {
    int64_t *spots;
    int64_t *indices;
    int64_t room;
    int64_t count;
} gathered;

static int64_t gather_posting(const segment *in, int64_t posting, int64_t place, void *state) {
    gathered *out = state;
    (void)place;
    int64_t count = count_of(in, posting);
    int64_t first = first_occurrence(in, posting);
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
    gathered out = {spots, indices, room, 0};
    if (visit_terms(in, runs, run_count, numbers, length, gather_posting, &out)) return DAMAGED;
    return out.count;
}

/* The end of the ascending run that begins at ``start``. */
static int64_t run_end(const int64_t *values, int64_t start, int64_t length) {
    int64_t end = start < length ? start + 1 : length;
    while (end < length && values[end - 1] <= values[end]) end++;
    return end;
}

static void merge_runs(const int64_t *from, int64_t start, int64_t middle, int64_t end, int64_t *to) {
    int64_t left = start, right = middle;
    for (int64_t at = start; at < end; at++) {
        int take_right = left == middle || (right < end && from[right] < from[left]);
        to[at] = take_right ? from[right++] : from[left++];
    }
}

/* Sorts spots by merging the ascending runs of which they consist. */
int64_t khobao_sort_runs(int64_t *spots, int64_t length) {
    if (run_end(spots, 0, length) == length) return 0;
    int64_t *other = malloc((size_t)length * sizeof *other);
    if (!other) return NO_MEMORY;
    int64_t *from = spots, *to = other;
    for (int64_t merged = 2; merged > 1;) {
        merged = 0;
        for (int64_t start = 0; start < length; merged++) {
            int64_t middle = run_end(from, start, length), end = run_end(from, middle, length);
            merge_runs(from, start, middle, end, to);
            start = end;
        }
        int64_t *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != spots) memcpy(spots, from, (size_t)length * sizeof *spots);
    free(other);
    return 0;
}

/* Those of ``few`` for which the value plus ``shift`` is in ``many``; both ascend. */
int64_t khobao_intersect(const int64_t *few, int64_t few_length, const int64_t *many, int64_t many_length,
                         int64_t shift, int64_t *common) {
    int64_t count = 0, at = 0;
    for (int64_t place = 0; place < few_length && at < many_length; place++) {
        int64_t wanted = few[place] + shift;
        at = gallop_i64(many, at, many_length, wanted);
        if (at < many_length && many[at] == wanted) common[count++] = few[place];
    }
    return count;
}

/* The weight of the zones of spots, summed for each of some articles (ascending); ``sums`` is zero before.

   ``weights``: of the four zones. */
int64_t khobao_weigh(const segment *in, const int64_t *spots, int64_t count, const uint16_t *numbers, int64_t length,
                     const double *weights, double *sums) {
    int64_t place = 0;
    for (int64_t at = 0; at < count; at++) {
        int64_t article = spots[at] >> ARTICLE_SHIFT, position = spots[at] & POSITION_MASK, zone = 0;
        if (article < 0 || article >= in->articles) return DAMAGED;
        for (int64_t next = 1; next < 4; next++) zone += zone_start(in, article, next) <= position;
        place = gallop_u16(numbers, place < length && numbers[place] <= article ? place : 0, length, (uint16_t)article);
        if (place < length && numbers[place] == article) sums[place] += weights[zone];
    }
    return 0;
}

/* The best window and the head of each of some articles (ascending), from the spots of several words.

   ``spots``: of the words one after the other, ascending in each; those of word w end at ``ends[w]``.
   ``values``: what each word adds to a window; ``lede``, ``title``: what it adds in these zones.
   ``windows``, ``heads``: for each article, zero before. ``cursors``: room for two numbers a word, ``heads_of``:
   for one. */
int64_t khobao_windows(const segment *in, const int64_t *spots, const int64_t *ends, int64_t words, int64_t width,
                       const double *values, const double *lede, const double *title, const uint16_t *numbers,
                       int64_t length, int64_t *cursors, double *heads_of, double *windows, double *heads) {
    int64_t *last = cursors + words, place = 0, current = -1;
    for (int64_t word = 0; word < words; word++) {
        cursors[word] = word ? ends[word - 1] : 0;
        last[word] = -width;
        heads_of[word] = 0;
    }
    for (;;) {
        int64_t least = INT64_MAX, owner = -1;
        for (int64_t word = 0; word < words; word++)
            if (cursors[word] < ends[word] && spots[cursors[word]] < least) {
                least = spots[cursors[word]];
                owner = word;
            }
        int64_t article = owner < 0 ? -1 : least >> ARTICLE_SHIFT;
        if (owner < 0 && current < 0) return 0;
        if (article != current) {
            if (current >= 0) {
                double sum = 0;
                for (int64_t word = 0; word < words; word++) sum += heads_of[word];
                heads[place] = sum;
            }
            if (owner < 0) return 0;
            if (article < 0 || article >= in->articles) return DAMAGED;
            place = gallop_u16(numbers, 0, length, (uint16_t)article);
            if (place == length || numbers[place] != article) return DAMAGED;
            for (int64_t word = 0; word < words; word++) heads_of[word] = 0;
            current = article;
        }
        cursors[owner]++;
        last[owner] = least;
        int64_t position = least & POSITION_MASK;
        if (position < zone_start(in, article, 1)) heads_of[owner] = title[owner];
        else if (position < zone_start(in, article, 2) && !(heads_of[owner] > lede[owner])) heads_of[owner] = lede[owner];
        /* The window ends at the last of the spots in one place: those of other words follow. */
        double value = 0;
        for (int64_t word = 0; word < words; word++)
            if (least - last[word] < width) value += values[word];
        if (value > windows[place]) windows[place] = value;
    }
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
int64_t khobao_row(const segment *in, const int64_t *runs, int64_t run_count, uint32_t *sums, uint8_t *capped,
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
    int64_t past = 0;
    for (int64_t article = 0; article < in->articles; article++) {
        capped[article] = sums[article] < PAST ? (uint8_t)sums[article] : PAST;
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

/* The impact of frequencies below PAST: the share frequency / (frequency + norm) in steps, rounded up. */
int64_t khobao_impacts(const uint8_t *frequencies, const double *norms, int64_t length, double steps, uint8_t *impacts) {
    for (int64_t at = 0; at < length; at++) {
        if (!frequencies[at]) {
            impacts[at] = 0;
            continue;
        }
        double frequency = frequencies[at], exact = steps * (frequency / (frequency + norms[at]));
        uint8_t whole = (uint8_t)exact;
        impacts[at] = (uint8_t)(whole + (exact > (double)whole));
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

/* The articles of a mask, ascending; ``numbers`` has room for one more than all. */
int64_t khobao_numbers(const uint8_t *mask, int64_t length, uint16_t *numbers) {
    int64_t count = 0;
    for (int64_t article = 0; article < length; article++) {
        numbers[count] = (uint16_t)article; /* kept only where the mask is set: no branch */
        count += mask[article] != 0;
    }
    return count;
}

/* The articles of ascending spots moved by ``shift``, each once; ``numbers`` has room for all. */
int64_t khobao_articles(const int64_t *spots, int64_t length, int64_t shift, uint16_t *numbers) {
    int64_t count = 0;
    for (int64_t at = 0; at < length; at++) {
        uint16_t article = (uint16_t)((spots[at] + shift) >> ARTICLE_SHIFT);
        if (!count || numbers[count - 1] != article) numbers[count++] = article;
    }
    return count;
}

/* Notes the stories of articles, whose numbers are in a column; how many are in none comes back.

   ``seen``: a byte for each story. ``fresh``: how many stories were not seen before. */
int64_t khobao_note_stories(const int32_t *column, int64_t articles, const uint16_t *numbers, int64_t length,
                            int64_t stories, uint8_t *seen, int64_t *fresh) {
    int64_t alone = 0;
    for (int64_t at = 0; at < length; at++) {
        if (numbers[at] >= articles) return DAMAGED;
        int64_t story = column[numbers[at]];
        if (story < 0) {
            alone++;
            continue;
        }
        if (story >= stories) return DAMAGED;
        *fresh += !seen[story];
        seen[story] = 1;
    }
    return alone;
}
