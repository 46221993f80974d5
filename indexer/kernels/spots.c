/* Where do words stand side by side, or near each other? Loops over spots: article << 32 | flat position. */

#include "segment.h"

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
        int64_t article = spots[at] >> ARTICLE_SHIFT;
        if (article < 0 || article >= in->articles) return DAMAGED;
        int64_t zone = zone_of(in, article, spots[at] & POSITION_MASK);
        place = gallop_u16(numbers, place < length && numbers[place] <= article ? place : 0, length, (uint16_t)article);
        if (place < length && numbers[place] == article) sums[place] += weights[zone];
    }
    return 0;
}

/* Words in articles: their spots one word after the other, ascending in each; those of word w that are not read yet
   lie from ``next[w]`` to ``ends[w]``. ``last``: where each was met last. ``of_heads``: what each adds to a head. */
typedef struct {
    const int64_t *spots;
    const int64_t *ends;
    int64_t *next;
    int64_t *last;
    double *of_heads;
    int64_t count;
    int64_t width;
    const double *values;
} words_read;

/* The word whose next spot is the first; negative where none is left. */
static int64_t first_word(const words_read *of, int64_t *spot) {
    int64_t owner = -1;
    *spot = INT64_MAX;
    for (int64_t word = 0; word < of->count; word++)
        if (of->next[word] < of->ends[word] && of->spots[of->next[word]] < *spot) {
            *spot = of->spots[of->next[word]];
            owner = word;
        }
    return owner;
}

/* What a window is worth that has every word of the article. */
static double highest_value(const words_read *of, int64_t after) {
    double value = 0;
    for (int64_t word = 0; word < of->count; word++)
        if (of->next[word] < of->ends[word] && of->spots[of->next[word]] < after) value += of->values[word];
    return value;
}

static double value_at(const words_read *of, int64_t spot) {
    double value = 0;
    for (int64_t word = 0; word < of->count; word++)
        if (spot - of->last[word] < of->width) value += of->values[word];
    return value;
}

/* Reads the words of one article up to the spot ``after``: the value of the best window, and that of the head. The
   rest is skipped once no window can be better and the head is behind. */
static void read_article(words_read *of, int64_t after, const int64_t *zones, const double *lede, const double *title,
                         double *window, double *head) {
    double highest = highest_value(of, after), sum = 0;
    int64_t spot, owner;
    for (int64_t word = 0; word < of->count; word++) of->of_heads[word] = 0;
    while ((owner = first_word(of, &spot)) >= 0 && spot < after) {
        if (*window >= highest && spot >= zones[1]) break;
        of->next[owner]++;
        of->last[owner] = spot;
        if (spot < zones[0]) of->of_heads[owner] = title[owner];
        else if (spot < zones[1] && !(of->of_heads[owner] > lede[owner])) of->of_heads[owner] = lede[owner];
        /* The window ends at the last of the spots in one place: those of other words follow. */
        double value = value_at(of, spot);
        if (value > *window) *window = value;
    }
    for (int64_t word = 0; word < of->count; word++) {
        sum += of->of_heads[word];
        of->next[word] = gallop_i64(of->spots, of->next[word], of->ends[word], after);
    }
    *head = sum;
}

/* The best window and the head of each of some articles (ascending), from the spots of several words.

   ``spots``: of the words one after the other, ascending in each; those of word w end at ``ends[w]``.
   ``values``: what each word adds to a window; ``lede``, ``title``: what it adds in these zones.
   ``windows``, ``heads``: for each article, zero before. ``cursors``: room for two numbers a word, ``heads_of``:
   for one. */
int64_t khobao_windows(const segment *in, const int64_t *spots, const int64_t *ends, int64_t words, int64_t width,
                       const double *values, const double *lede, const double *title, const uint16_t *numbers,
                       int64_t length, int64_t *cursors, double *heads_of, double *windows, double *heads) {
    words_read of = {spots, ends, cursors, cursors + words, heads_of, words, width, values};
    int64_t place = 0, spot;
    for (int64_t word = 0; word < words; word++) {
        of.next[word] = word ? ends[word - 1] : 0;
        of.last[word] = -width;
    }
    while (first_word(&of, &spot) >= 0) {
        int64_t article = spot >> ARTICLE_SHIFT, begin = article << ARTICLE_SHIFT;
        if (article < 0 || article >= in->articles) return DAMAGED;
        place = gallop_u16(numbers, place, length, (uint16_t)article);
        if (place == length || numbers[place] != article) return DAMAGED;
        int64_t zones[2] = {begin + zone_start(in, article, 1), begin + zone_start(in, article, 2)};
        read_article(&of, begin + POSITION_MASK + 1, zones, lede, title, windows + place, heads + place);
    }
    return 0;
}

/* Spots while they are gathered, with the place of each one's article among those that are asked about. */
typedef struct {
    list *spots;
    list places;
    cursor at;
} gathering;

static int64_t gather_spots(const segment *in, int64_t posting, int64_t place, void *state) {
    gathering *into = state;
    int64_t count = count_of(in, posting), first = first_occurrence(in, &into->at, posting);
    if (count < 0 || first < 0 || first + count > in->occurrences) return DAMAGED;
    int64_t article = (int64_t)in->numbers[posting] << ARTICLE_SHIFT;
    if (reserve(into->spots, count) || reserve(&into->places, count)) return NO_MEMORY;
    int64_t *spots = into->spots->values + into->spots->count, *places = into->places.values + into->places.count;
    for (int64_t at = 0; at < count; at++) {
        spots[at] = article | position_at(in, first + at);
        places[at] = place;
    }
    into->spots->count += count;
    into->places.count += count;
    return 0;
}

static int is_ascending(const int64_t *values, int64_t length) {
    for (int64_t at = 1; at < length; at++)
        if (values[at - 1] > values[at]) return 0;
    return 1;
}

#define FEW_SPOTS 32

static int64_t sort_spots(int64_t *spots, int64_t length) {
    if (length > FEW_SPOTS) return khobao_sort_runs(spots, length);
    for (int64_t at = 1; at < length; at++) {
        int64_t spot = spots[at], to = at;
        for (; to > 0 && spots[to - 1] > spot; to--) spots[to] = spots[to - 1];
        spots[to] = spot;
    }
    return 0;
}

/* Sorts spots that ascend term by term: first by the places of their articles, then within each article. */
static int64_t sort_by_place(list *spots, const int64_t *places, int64_t articles) {
    int64_t *ends = calloc((size_t)articles + 1, sizeof *ends);
    int64_t *sorted = malloc((size_t)spots->count * sizeof *sorted);
    int64_t failed = ends && sorted ? 0 : NO_MEMORY;
    if (!failed) {
        for (int64_t at = 0; at < spots->count; at++) ends[places[at] + 1]++;
        for (int64_t place = 0; place < articles; place++) ends[place + 1] += ends[place];
        /* ends[place] is where the next spot of a place goes; at last it is where the place ends. */
        for (int64_t at = 0; at < spots->count; at++) sorted[ends[places[at]]++] = spots->values[at];
        for (int64_t place = 0, start = 0; place < articles && !failed; start = ends[place++])
            failed = sort_spots(sorted + start, ends[place] - start);
        memcpy(spots->values, sorted, (size_t)spots->count * sizeof *sorted);
    }
    free(ends);
    free(sorted);
    return failed;
}

/* The spots of terms in some articles (ascending), in ascending order. */
int64_t gather_sorted(const segment *in, const int64_t *runs, int64_t run_count, const uint16_t *numbers,
                      int64_t length, list *spots) {
    gathering into = {spots, {0, 0, 0}, {0, 0}};
    int64_t failed = visit_terms(in, runs, run_count, numbers, length, gather_spots, &into);
    if (!failed && !is_ascending(spots->values, spots->count))
        failed = sort_by_place(spots, into.places.values, length);
    free(into.places.values);
    return failed;
}
