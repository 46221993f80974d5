/* Where do syllables stand in a row? */

#include "segment.h"

/* The spots that begin a phrase so far, by article, while a further syllable is looked for. */
typedef struct {
    const int64_t *starts;
    const int64_t *ends; /* of each article that has any; its starts begin where those of the one before end */
    int64_t step;        /* from the first syllable to this one */
    uint8_t *kept;
    cursor at;
} followed;

static int64_t keep_followed(const segment *in, int64_t posting, int64_t place, void *state) {
    followed *of = state;
    int64_t count = count_of(in, posting), index = first_occurrence(in, &of->at, posting);
    if (count < 0 || index < 0 || index + count > in->occurrences) return DAMAGED;
    int64_t article = (int64_t)in->numbers[posting] << ARTICLE_SHIFT, last = index + count;
    int64_t start = place ? of->ends[place - 1] : 0, end = of->ends[place];
    while (start < end && index < last) {
        int64_t wanted = of->starts[start] + of->step, here = article | position_at(in, index);
        if (wanted == here) of->kept[start] = 1;
        start += wanted <= here;
        index += wanted >= here;
    }
    return 0;
}

/* The articles of ascending spots and where the spots of each end; how many there are comes back. */
static int64_t group_by_article(const int64_t *spots, int64_t length, uint16_t *numbers, int64_t *ends) {
    int64_t count = 0;
    for (int64_t at = 0; at < length; at++) {
        uint16_t article = (uint16_t)(spots[at] >> ARTICLE_SHIFT);
        if (!count || numbers[count - 1] != article) numbers[count++] = article;
        ends[count - 1] = at + 1;
    }
    return count;
}

static int64_t keep_in_zone(const segment *in, list *spots, int64_t zone) {
    int64_t count = 0;
    for (int64_t at = 0; at < spots->count; at++) {
        int64_t article = spots->values[at] >> ARTICLE_SHIFT;
        if (article < 0 || article >= in->articles) return DAMAGED;
        if (zone_of(in, article, spots->values[at] & POSITION_MASK) == zone) spots->values[count++] = spots->values[at];
    }
    spots->count = count;
    return 0;
}

/* Room for the articles of some starts, and for what is known of each start. */
typedef struct {
    uint16_t *numbers;
    int64_t *ends;
    uint8_t *kept;
} phrase_room;

/* Keeps those starts that have any of the terms of a further syllable ``step`` on. */
static int64_t keep_starts(const segment *in, const int64_t *runs, int64_t run_count, int64_t step, list *starts,
                           phrase_room *room) {
    int64_t articles = group_by_article(starts->values, starts->count, room->numbers, room->ends);
    for (int64_t at = 0; at < starts->count; at++) room->kept[at] = 0;
    followed of = {starts->values, room->ends, step, room->kept, {0, 0}};
    int64_t failed = visit_terms(in, runs, run_count, room->numbers, articles, keep_followed, &of);
    if (failed) return failed;
    int64_t count = 0;
    for (int64_t at = 0; at < starts->count; at++) {
        starts->values[count] = starts->values[at];
        count += room->kept[at];
    }
    starts->count = count;
    return 0;
}

static int64_t narrow_starts(const segment *in, const int64_t *runs, const int64_t *ends, const int64_t *order,
                             int64_t slots, list *starts) {
    size_t count = (size_t)(starts->count > 0 ? starts->count : 1);
    phrase_room room = {malloc(count * sizeof(uint16_t)), malloc(count * sizeof(int64_t)), malloc(count)};
    int64_t failed = room.numbers && room.ends && room.kept ? 0 : NO_MEMORY;
    for (int64_t next = 1; next < slots && starts->count && !failed; next++) {
        int64_t slot = order[next], first = slot ? ends[slot - 1] : 0;
        failed = keep_starts(in, runs + 2 * first, ends[slot] - first, slot - order[0], starts, &room);
    }
    free(room.numbers);
    free(room.ends);
    free(room.kept);
    return failed;
}

/* The spots, ascending, where syllables stand in a row in some articles (ascending).

   ``runs``: the terms of the syllables, one syllable after the other; those of syllable s end at ``ends[s]``, counted
   in runs. ``order``: the syllables, the rarest first. ``zone``: in which alone they may stand; negative: in any.
   ``room``: of ``found``. */
int64_t khobao_phrase(const segment *in, const int64_t *runs, const int64_t *ends, const int64_t *order, int64_t slots,
                      int64_t zone, const uint16_t *numbers, int64_t length, int64_t *found, int64_t room) {
    list starts = {0, 0, 0};
    int64_t first = order[0] ? ends[order[0] - 1] : 0;
    int64_t failed = gather_sorted(in, runs + 2 * first, ends[order[0]] - first, numbers, length, &starts);
    if (!failed && zone >= 0) failed = keep_in_zone(in, &starts, zone);
    if (!failed && starts.count) failed = narrow_starts(in, runs, ends, order, slots, &starts);
    if (!failed) {
        int64_t kept = starts.count < room ? starts.count : room;
        for (int64_t at = 0; at < kept; at++) found[at] = starts.values[at] - order[0];
    }
    free(starts.values);
    return failed ? failed : starts.count;
}

/* The terms that are found at some spots. */
typedef struct {
    followed at_spots;
    int64_t *terms;
} terms_found;

/* The term that a posting is of: the last one that begins no later. */
static int64_t term_of(const segment *in, int64_t posting) {
    int64_t low = 0, high = in->terms;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (in->posting_starts[middle] <= posting) low = middle;
        else high = middle;
    }
    return low;
}

static int64_t note_term(const segment *in, int64_t posting, int64_t place, void *state) {
    terms_found *of = state;
    followed *at_spots = &of->at_spots;
    int64_t start = place ? at_spots->ends[place - 1] : 0, end = at_spots->ends[place], term = -1;
    memset(at_spots->kept + start, 0, (size_t)(end - start));
    int64_t failed = keep_followed(in, posting, place, at_spots);
    for (int64_t at = start; at < end && !failed; at++) {
        if (!at_spots->kept[at]) continue;
        if (term < 0) term = term_of(in, posting);
        of->terms[at] = term;
    }
    return failed;
}

/* Which of some terms stands at each of some spots (ascending); ``terms`` stays where none does. */
int64_t khobao_terms_at(const segment *in, const int64_t *runs, int64_t run_count, const int64_t *spots, int64_t length,
                        int64_t *terms) {
    if (!length) return 0;
    size_t count = (size_t)length;
    phrase_room room = {malloc(count * sizeof(uint16_t)), malloc(count * sizeof(int64_t)), malloc(count)};
    int64_t failed = room.numbers && room.ends && room.kept ? 0 : NO_MEMORY;
    if (!failed) {
        int64_t articles = group_by_article(spots, length, room.numbers, room.ends);
        terms_found of = {{spots, room.ends, 0, room.kept, {0, 0}}, terms};
        failed = visit_terms(in, runs, run_count, room.numbers, articles, note_term, &of);
    }
    free(room.numbers);
    free(room.ends);
    free(room.kept);
    return failed;
}
