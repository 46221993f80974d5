/* What do words side by side, near each other and in the head of an article add to its score? */

#include "segment.h"

/* A question about some articles: the syllables that are looked for, and what is made of their spots. */
typedef struct {
    const segment *in;
    const uint16_t *numbers;
    int64_t length;
    const list *slots; /* the spots of each syllable, ascending */
    double *total;
} asked;

/* The spots where slots stand in a row, appended to ``found``; ``slots`` are numbers, the first of a run. */
static int64_t append_runs(const asked *of, const int64_t *slots, int64_t count, list *found) {
    int64_t rarest = 0;
    for (int64_t step = 1; step < count; step++)
        if (of->slots[slots[step]].count < of->slots[slots[rarest]].count) rarest = step;
    const list *few = &of->slots[slots[rarest]];
    int64_t *starts = malloc(((size_t)few->count + 1) * sizeof *starts), left = few->count, failed = 0;
    if (!starts) return NO_MEMORY;
    for (int64_t at = 0; at < left; at++) starts[at] = few->values[at] - rarest;
    for (int64_t step = 0; step < count && left; step++) {
        const list *next = &of->slots[slots[step]];
        if (step != rarest) left = khobao_intersect(starts, left, next->values, next->count, step, starts);
    }
    for (int64_t at = 0; at < left && !failed; at++) failed = append(found, starts[at]);
    free(starts);
    return failed;
}

static int64_t add_pair(const asked *of, const int64_t *pair, const double *values, const double *norms,
                        const double *zone_weights, double saturation) {
    list together = {0, 0, 0};
    double *sums = calloc((size_t)of->length + 1, sizeof *sums);
    int64_t failed = sums ? append_runs(of, pair, 2, &together) : NO_MEMORY;
    if (!failed) failed = khobao_weigh(of->in, together.values, together.count, of->numbers, of->length, zone_weights, sums);
    for (int64_t place = 0; place < of->length && !failed; place++) {
        double norm = norms[of->numbers[place]];
        of->total[place] += values[0] * (values[1] * sums[place] * saturation / (sums[place] + norm));
    }
    free(together.values);
    free(sums);
    return failed;
}

/* The spots of all forms of a word or a name, appended to ``found`` in ascending order. ``*forms``: how many there are,
   and of each how many slots and these; it is moved past them. */
static int64_t append_forms(const asked *of, const int64_t **forms, list *found) {
    int64_t start = found->count, count = *(*forms)++, failed = 0;
    for (int64_t form = 0; form < count && !failed; form++, *forms += **forms + 1)
        failed = append_runs(of, *forms + 1, **forms, found);
    if (!failed && count > 1) failed = khobao_sort_runs(found->values + start, found->count - start);
    return failed;
}

/* Adds a value where an article holds any of some forms in a zone (negative: any). */
static int64_t add_held(const asked *of, int64_t zone, const int64_t **forms, double value) {
    list begins = {0, 0, 0};
    int64_t failed = append_forms(of, forms, &begins), place = 0, known = -1;
    for (int64_t at = 0; at < begins.count && !failed; at++) {
        int64_t article = begins.values[at] >> ARTICLE_SHIFT;
        if (article < 0 || article >= of->in->articles) failed = DAMAGED;
        if (failed || article == known) continue;
        if (zone >= 0 && zone_of(of->in, article, begins.values[at] & POSITION_MASK) != zone) continue;
        place = gallop_u16(of->numbers, place, of->length, (uint16_t)article);
        if (place < of->length && of->numbers[place] == article) of->total[place] += value;
        known = article;
    }
    free(begins.values);
    return failed;
}

/* Adds the best windows and the heads. ``words``: for each word how many forms it has, and of each how many slots
   and these. ``worth``: what each word adds in a window, in the lede, in the title. */
static int64_t add_windows(const asked *of, const int64_t *words, int64_t count, int64_t width, const double *worth) {
    list spots = {0, 0, 0};
    int64_t *ends = malloc(((size_t)count + 1) * sizeof *ends), *cursors = malloc((size_t)count * 2 * sizeof *cursors);
    double *of_heads = malloc((size_t)count * sizeof *of_heads);
    double *values = calloc((size_t)of->length * 2 + 1, sizeof *values);
    int64_t failed = ends && cursors && of_heads && values ? 0 : NO_MEMORY;
    for (int64_t word = 0; word < count && !failed; word++) {
        failed = append_forms(of, &words, &spots);
        if (!failed) ends[word] = spots.count;
    }
    double *heads = values ? values + of->length : 0;
    if (!failed)
        failed = khobao_windows(of->in, spots.values, ends, count, width, worth, worth + count, worth + 2 * count,
                                of->numbers, of->length, cursors, of_heads, values, heads);
    for (int64_t place = 0; place < of->length && !failed; place++) of->total[place] += values[place];
    for (int64_t place = 0; place < of->length && !failed; place++) of->total[place] += heads[place];
    free(spots.values);
    free(ends);
    free(cursors);
    free(of_heads);
    free(values);
    return failed;
}

/* What proximity adds to the scores of some articles (ascending); ``total`` is zero before.

   ``runs``: the terms of the slots, one after the other; those of slot s end at ``ends[s]``, counted in runs.
   ``pairs``: two slots each; ``pair_values``: the boost and the idf of each. ``forms``: what counts once, a zone and the
   forms of each; ``form_values``: what each adds. ``words``: see above. ``norms``: of every article of the segment.
   ``constants``: the weights of the four zones, and the saturation of a weight. */
int64_t khobao_bonuses(const segment *in, const int64_t *runs, const int64_t *ends, int64_t slot_count,
                       const int64_t *pairs, const double *pair_values, int64_t pair_count, const int64_t *forms,
                       const double *form_values, int64_t form_count, const int64_t *words, int64_t word_count,
                       int64_t width, const double *worth, const uint16_t *numbers, int64_t length,
                       const double *norms, const double *constants, double *total) {
    if (length && numbers[length - 1] >= in->articles) return DAMAGED;
    list *slots = calloc((size_t)slot_count + 1, sizeof *slots);
    int64_t failed = slots ? 0 : NO_MEMORY;
    for (int64_t slot = 0; slot < slot_count && !failed; slot++) {
        int64_t first = slot ? ends[slot - 1] : 0;
        failed = gather_sorted(in, runs + 2 * first, ends[slot] - first, numbers, length, &slots[slot]);
    }
    asked of = {in, numbers, length, slots, total};
    for (int64_t pair = 0; pair < pair_count && !failed; pair++)
        failed = add_pair(&of, pairs + 2 * pair, pair_values + 2 * pair, norms, constants, constants[ZONES]);
    for (int64_t form = 0; form < form_count && !failed; form++) {
        int64_t zone = *forms++;
        failed = add_held(&of, zone, &forms, form_values[form]);
    }
    if (word_count && !failed) failed = add_windows(&of, words, word_count, width, worth);
    for (int64_t slot = 0; slots && slot < slot_count; slot++) free(slots[slot].values);
    free(slots);
    return failed;
}
