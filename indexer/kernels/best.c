/* Which articles have the best scores? */

#include "segment.h"

/* Upper bounds of the impacts of frequencies below PAST: the share frequency / (frequency + norm) in PAST steps, 0
   where there is no frequency. In floats, so that four are computed at once: what is added covers their rounding. */
int64_t khobao_impacts(const uint8_t *restrict frequencies, const double *restrict norms, int64_t length,
                       uint8_t *restrict impacts) {
    for (int64_t at = 0; at < length; at++) {
        float frequency = frequencies[at], share = frequency / (frequency + (float)norms[at]);
        impacts[at] = (uint8_t)((int32_t)(share * PAST + 0.001f) + (frequencies[at] != 0));
    }
    return 0;
}

/* A match that is scored, in one segment. It has a frequency for every article (``capped`` is not null: PAST stands
   for what is in ``values``) or those of the articles that hold it. */
typedef struct {
    const uint8_t *capped;
    const uint8_t *impacts;
    const uint16_t *numbers;
    const double *values;
    int64_t length;
    double boost;
    double idf;
    uint32_t steps; /* what an impact of 1 adds to a bound */
} scored;

/* What is asked: the best of some articles (ascending). */
typedef struct {
    scored *matches;
    int64_t count;
    const double *norms;
    const int64_t *keys; /* the order among equal scores */
    double saturation;
} ranking;

/* An article with its score, and the place of its key in the order of equals. */
typedef struct {
    double score;
    int64_t key;
    uint16_t number;
} ranked;

static int is_before(const ranked *one, const ranked *other) {
    return one->score != other->score ? one->score > other->score : one->key < other->key;
}

/* Sorts by merging, from runs of one; ``other`` has room for as many. */
static void sort_ranked(ranked *values, ranked *other, int64_t length) {
    ranked *from = values, *to = other;
    for (int64_t width = 1; width < length; width *= 2) {
        for (int64_t start = 0; start < length; start += 2 * width) {
            int64_t middle = start + width < length ? start + width : length;
            int64_t end = middle + width < length ? middle + width : length, left = start, right = middle;
            for (int64_t at = start; at < end; at++) {
                int take_right = left == middle || (right < end && is_before(&from[right], &from[left]));
                to[at] = take_right ? from[right++] : from[left++];
            }
        }
        ranked *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != values) memcpy(values, from, (size_t)length * sizeof *values);
}

/* The ``nth`` largest of some values, from 0; reorders them. */
static double nth_largest(double *values, int64_t length, int64_t nth) {
    int64_t first = 0, last = length - 1;
    while (first < last) {
        double pivot = values[first + (last - first) / 2];
        int64_t left = first, right = last;
        while (left <= right) {
            while (values[left] > pivot) left++;
            while (values[right] < pivot) right--;
            if (left > right) break;
            double swapped = values[left];
            values[left++] = values[right];
            values[right--] = swapped;
        }
        if (nth <= right) last = right;
        else if (nth >= left) first = left;
        else break;
    }
    return values[nth];
}

/* Adds what a match weighs in each of some articles (ascending), in the order in which floats are summed. */
static void add_scores(const ranking *of, const scored *match, const uint16_t *numbers, int64_t length, double *scores) {
    int64_t at = 0;
    for (int64_t place = 0; place < length; place++) {
        uint16_t number = numbers[place];
        double frequency = 0;
        if (match->capped && match->capped[number] < PAST) frequency = match->capped[number];
        else {
            at = gallop_u16(match->numbers, at, match->length, number);
            if (at < match->length && match->numbers[at] == number) frequency = match->values[at];
        }
        double norm = of->norms[number];
        scores[place] += match->boost * (match->idf * frequency * of->saturation / (frequency + norm));
    }
}

static uint32_t impact_of(double frequency, double norm) {
    double exact = PAST * (frequency / (frequency + norm));
    uint32_t whole = (uint32_t)exact;
    return whole + (exact > (double)whole);
}

/* Upper bounds of the scores of every article of the segment. */
static void add_bounds_of_all(const ranking *of, const scored *match, int64_t articles, uint32_t *restrict bounds) {
    uint32_t steps = match->steps;
    const uint8_t *restrict impacts = match->impacts;
    if (match->capped)
        for (int64_t article = 0; article < articles; article++) bounds[article] += steps * impacts[article];
    else
        for (int64_t at = 0; at < match->length; at++)
            bounds[match->numbers[at]] += steps * impact_of(match->values[at], of->norms[match->numbers[at]]);
}

/* The same of some articles (ascending). */
static void add_bounds(const ranking *of, const scored *match, const uint16_t *numbers, int64_t length, uint32_t *bounds) {
    int64_t at = 0;
    for (int64_t place = 0; place < length; place++) {
        if (match->capped) {
            bounds[place] += match->steps * match->impacts[numbers[place]];
            continue;
        }
        at = gallop_u16(match->numbers, at, match->length, numbers[place]);
        if (at == match->length) return;
        if (match->numbers[at] == numbers[place])
            bounds[place] += match->steps * impact_of(match->values[at], of->norms[numbers[place]]);
    }
}

#define SPARSE 8 /* bounds are computed for all articles from one in so many on: that loop is vectorised */
#define BINS 4096
#define SLACK 1e-9 /* more than the rounding errors of the sums of floats */

/* The upper bound of the score of each member. Room of 4 bytes an article. */
static void bound_members(const ranking *of, int64_t articles, const uint16_t *members, int64_t length, uint32_t *room,
                          uint32_t *bounds) {
    if (length * SPARSE < articles) {
        memset(bounds, 0, (size_t)length * sizeof *bounds);
        for (int64_t match = 0; match < of->count; match++) add_bounds(of, of->matches + match, members, length, bounds);
        return;
    }
    memset(room, 0, (size_t)articles * sizeof *room);
    for (int64_t match = 0; match < of->count; match++) add_bounds_of_all(of, of->matches + match, articles, room);
    for (int64_t place = 0; place < length; place++) bounds[place] = room[members[place]];
}

/* A bound that at least ``wanted`` members reach. */
static uint32_t reached_bound(const uint32_t *bounds, int64_t length, int64_t wanted) {
    uint32_t counts[BINS] = {0}, highest = 0;
    for (int64_t place = 0; place < length; place++) highest = bounds[place] > highest ? bounds[place] : highest;
    int shift = 0;
    while (highest >> shift >= BINS) shift++;
    for (int64_t place = 0; place < length; place++) counts[bounds[place] >> shift]++;
    int64_t bin = BINS - 1, reached = counts[bin];
    while (bin > 0 && reached < wanted) reached += counts[--bin];
    return (uint32_t)bin << shift;
}

/* Scores those members whose bound is from ``least`` up to ``below``, exclusive; appended to what is chosen. */
static int64_t score_between(const ranking *of, const uint16_t *members, int64_t length, const uint32_t *bounds,
                             uint64_t least, uint64_t below, uint16_t *numbers, double *scores, int64_t chosen) {
    int64_t count = chosen;
    for (int64_t place = 0; place < length; place++)
        if (bounds[place] >= least && bounds[place] < below) numbers[count++] = members[place];
    for (int64_t at = chosen; at < count; at++) scores[at] = 0;
    for (int64_t match = 0; match < of->count; match++)
        add_scores(of, of->matches + match, numbers + chosen, count - chosen, scores + chosen);
    return count;
}

/* Gives each match its steps; how many of them a score of 1 is at most. */
static double set_steps(ranking *of) {
    double sum = 0;
    for (int64_t match = 0; match < of->count; match++) sum += of->matches[match].boost * of->matches[match].idf;
    double unit = ((double)(UINT32_MAX / PAST) - 1 - (double)of->count) / (sum > 0 ? sum : 1);
    for (int64_t match = 0; match < of->count; match++) {
        scored *own = of->matches + match;
        own->steps = (uint32_t)(own->boost * own->idf * unit) + 1;
    }
    return unit * PAST / of->saturation;
}

/* What is computed of the members on the way to the best ones. */
typedef struct {
    uint32_t *of_all;
    uint32_t *bounds;
    uint16_t *numbers;
    double *scores;
    double *copied;
    ranked *best;
    ranked *other;
} best_room;

static double cut_of(const best_room *room, int64_t count, int64_t wanted) {
    memcpy(room->copied, room->scores, (size_t)count * sizeof *room->copied);
    return nth_largest(room->copied, count, wanted - 1);
}

/* Members that include the best ``wanted`` and all that tie with the last of them; with their scores. */
static int64_t choose(ranking *of, int64_t articles, const uint16_t *members, int64_t length, int64_t wanted,
                      best_room *room) {
    double unit = set_steps(of);
    if (length <= 2 * wanted) {
        memset(room->bounds, 0, (size_t)length * sizeof *room->bounds);
        return score_between(of, members, length, room->bounds, 0, 1, room->numbers, room->scores, 0);
    }
    bound_members(of, articles, members, length, room->of_all, room->bounds);
    uint32_t least = reached_bound(room->bounds, length, wanted);
    int64_t count = score_between(of, members, length, room->bounds, least, (uint64_t)UINT32_MAX + 1, room->numbers,
                                  room->scores, 0);
    double limit = cut_of(room, count, wanted) * unit * (1 - SLACK);
    if (limit >= least) return count;
    return score_between(of, members, length, room->bounds, limit > 0 ? (uint64_t)limit : 0, least, room->numbers,
                         room->scores, count);
}

static int64_t order_best(const ranking *of, int64_t count, int64_t wanted, best_room *room, uint16_t *found,
                          double *scores) {
    double cut = count > wanted ? cut_of(room, count, wanted) : 0;
    int64_t kept = 0;
    for (int64_t at = 0; at < count; at++)
        if (count <= wanted || room->scores[at] >= cut) {
            ranked one = {room->scores[at], of->keys[room->numbers[at]], room->numbers[at]};
            room->best[kept++] = one;
        }
    sort_ranked(room->best, room->other, kept);
    int64_t given = kept < wanted ? kept : wanted;
    for (int64_t at = 0; at < given; at++) {
        found[at] = room->best[at].number;
        scores[at] = room->best[at].score;
    }
    return given;
}

/* Whether all articles of the matches without a row are below ``articles``. */
static int are_inside(const int64_t *places, int64_t count, int64_t articles) {
    for (int64_t match = 0; match < count; match++) {
        const int64_t *own = places + 5 * match;
        const uint16_t *numbers = (const uint16_t *)(intptr_t)own[2];
        uint16_t highest = 0;
        for (int64_t at = 0; at < own[4]; at++) highest = numbers[at] > highest ? numbers[at] : highest;
        if (own[4] && highest >= articles) return 0;
    }
    return 1;
}

/* The best ``wanted`` of some articles, the members (ascending), in order; how many there are comes back.

   ``places``: for each match the addresses of ``capped`` and ``impacts`` (0 where it has no row), ``numbers`` and
   ``values``, and their length. ``weights``: its boost and its idf. ``norms``, ``keys``: of every article. */
int64_t khobao_best(const int64_t *places, const double *weights, int64_t count, double saturation, const double *norms,
                    const int64_t *keys, int64_t articles, const uint16_t *members, int64_t length, int64_t wanted,
                    uint16_t *found, double *scores) {
    if (!length || wanted <= 0) return 0;
    if (members[length - 1] >= articles || !are_inside(places, count, articles)) return DAMAGED;
    scored *matches = calloc((size_t)count + 1, sizeof *matches);
    size_t size = (size_t)length;
    best_room room = {
        malloc((size_t)articles * sizeof(uint32_t)), malloc(size * sizeof(uint32_t)), malloc(size * sizeof(uint16_t)),
        malloc(size * sizeof(double)), malloc(size * sizeof(double)), malloc(size * sizeof(ranked)),
        malloc(size * sizeof(ranked)),
    };
    int64_t given = NO_MEMORY;
    if (matches && room.of_all && room.bounds && room.numbers && room.scores && room.copied && room.best && room.other) {
        for (int64_t match = 0; match < count; match++) {
            const int64_t *own = places + 5 * match;
            scored one = {
                (const uint8_t *)(intptr_t)own[0], (const uint8_t *)(intptr_t)own[1],
                (const uint16_t *)(intptr_t)own[2], (const double *)(intptr_t)own[3], own[4],
                weights[2 * match], weights[2 * match + 1], 0,
            };
            matches[match] = one;
        }
        ranking of = {matches, count, norms, keys, saturation};
        int64_t chosen = choose(&of, articles, members, length, wanted, &room);
        given = order_best(&of, chosen, wanted, &room, found, scores);
    }
    free(matches);
    free(room.of_all);
    free(room.bounds);
    free(room.numbers);
    free(room.scores);
    free(room.copied);
    free(room.best);
    free(room.other);
    return given;
}
