/* What stands beside hits, and how often does each item stand in some articles? Passes over forward lists. */

#include "forward.h"

/* The items that were counted, by key: an open-addressing table of a power of two, filled at most by half. A key and
   its count lie side by side: they are one miss of the cache. */
typedef struct {
    int64_t key; /* NO_KEY where it is free */
    int64_t count;
} slot;

typedef struct {
    slot *slots;
    int64_t *witnesses;
    int64_t capacity;
    int64_t used;
} table;

static inline void count_item(table *in, int64_t key, int64_t count, int64_t witness) {
    int64_t mask = in->capacity - 1, at = key & mask;
    while (in->slots[at].key != key && in->slots[at].key != NO_KEY) at = (at + 1) & mask;
    if (in->slots[at].key == NO_KEY) {
        slot fresh = {key, 0};
        in->slots[at] = fresh;
        in->witnesses[at] = witness;
        in->used++;
    }
    in->slots[at].count += count;
}

/* Puts the items of a table into a larger one. */
int64_t khobao_move_items(const table *from, table *to) {
    for (int64_t at = 0; at < from->capacity; at++)
        if (from->slots[at].key != NO_KEY) count_item(to, from->slots[at].key, from->slots[at].count, from->witnesses[at]);
    return 0;
}

/* Numbers keys in the order in which they are met, ``room`` of them at most; how many there are comes back, or NO_KEY
   where there are more. ``slots``: free ones, twice ``room`` of them, a power of two. */
int64_t khobao_number_keys(const int64_t *keys, int64_t length, slot *slots, int64_t room, int64_t *firsts,
                           int64_t *codes) {
    int64_t found = 0, mask = 2 * room - 1;
    for (int64_t place = 0; place < length; place++) {
        if (keys[place] == NO_KEY) {
            codes[place] = NO_KEY;
            continue;
        }
        int64_t at = keys[place] & mask;
        while (slots[at].key != keys[place] && slots[at].key != NO_KEY) at = (at + 1) & mask;
        if (slots[at].key == NO_KEY) {
            if (found == room) return NO_KEY;
            slot fresh = {keys[place], found};
            slots[at] = fresh;
            firsts[found++] = place;
        }
        codes[place] = slots[at].count;
    }
    return found;
}

static int64_t read_units(const forward *in, int64_t article, int64_t by_word, units *to) {
    int64_t failed = read_ranks(in, article, to);
    if (failed) return failed;
    uint32_t position = 0, is_open = 0, goes_on = by_word ? 1 : 0;
    int64_t count = 0;
    for (int64_t form = 0; form < to->forms; form++) {
        uint32_t own = in->forms[to->ranks[form]];
        if (own == GAP) {
            position += (uint32_t)in->gap;
            is_open = 0;
            continue;
        }
        count += 1 - is_open;
        unit *here = to->values + count - 1; /* it may have begun: masked, for words end as good as at random */
        uint32_t begun = 0U - is_open;
        here->first = (here->first & begun) | (position & ~begun);
        here->form = (here->form & begun) | ((uint32_t)form & ~begun);
        here->stop = ++position;
        is_open = own & goes_on;
    }
    to->count = count;
    return 0;
}

static void free_units(units *of) {
    free(of->ranks);
    free(of->values);
}

/* Whether a unit begins where the one before it stops, so that both are in one paragraph. */
static inline int is_joined(const units *of, int64_t at) {
    return of->values[at - 1].stop == of->values[at].first;
}

static inline int64_t length_of(const unit *of) {
    return of->stop - of->first;
}

/* The unit in which a position lies, from one that lies before on; DAMAGED where none does. */
static inline int64_t unit_at(const units *of, int64_t from, int64_t position) {
    while (from < of->count && of->values[from].stop <= position) from++;
    return from < of->count && of->values[from].first <= position ? from : DAMAGED;
}

/* The unit so far from one, in its paragraph; -1 where none is. */
static int64_t unit_beside(const units *of, int64_t at, int64_t distance) {
    for (; distance < 0; distance++)
        if (at == 0 || !is_joined(of, at--)) return -1;
    for (; distance > 0; distance--)
        if (at + 1 == of->count || !is_joined(of, ++at)) return -1;
    return at;
}

/* The keys of the units at some distances from each hit, and where these stand; where none is both stay. */
int64_t khobao_beside(const forward *in, const uint16_t *numbers, int64_t length, const hits *of, int64_t by_word,
                      const int64_t *distances, int64_t columns, int64_t *keys, int64_t *witnesses) {
    units own = {0, 0, 0, 0, 0};
    int64_t failed = 0, hit = 0;
    for (int64_t row = 0; row < length && !failed; row++) {
        failed = read_units(in, numbers[row], by_word, &own);
        int64_t from = 0;
        for (; hit < of->ends[row] && !failed; hit++) {
            int64_t begin = from = unit_at(&own, from, of->starts[hit]);
            int64_t end = begin < 0 ? DAMAGED : unit_at(&own, begin, of->stops[hit] - 1);
            if (end < 0) failed = DAMAGED;
            for (int64_t column = 0; column < columns && !failed; column++) {
                int64_t distance = distances[column], place = hit * columns + column;
                int64_t at = unit_beside(&own, distance < 0 ? begin : end, distance);
                if (at < 0) continue;
                const unit *beside = own.values + at;
                keys[place] = final_key(key_of_run(in, &own, beside->form, length_of(beside)));
                witnesses[place] = witness_of(numbers[row], beside->form, length_of(beside));
            }
        }
    }
    free_units(&own);
    return failed;
}

/* Room for the marks of so many units, and one more; all are zero. */
static int64_t clear_marks(list *marks, int64_t count) {
    marks->count = 0;
    if (reserve(marks, count)) return NO_MEMORY;
    memset(marks->values, 0, (size_t)count * sizeof *marks->values);
    return 0;
}

/* How the windows of a question reach. */
typedef struct {
    int64_t before;
    int64_t after;
    int64_t by_word;
} window;

/* Marks for each unit how many windows begin and end there, and how many hits. */
static int64_t mark_windows(const units *own, const hits *of, int64_t hit, int64_t stop, const window *reach,
                            int64_t *near, int64_t *inside) {
    int64_t from = 0;
    for (; hit < stop; hit++) {
        int64_t begin = from = unit_at(own, from, of->starts[hit]);
        int64_t end = begin < 0 ? DAMAGED : unit_at(own, begin, of->stops[hit] - 1);
        if (end < 0) return DAMAGED;
        int64_t first = begin, last = end;
        while (begin - first < reach->before && first > 0 && is_joined(own, first)) first--;
        while (last - end < reach->after && last + 1 < own->count && is_joined(own, last + 1)) last++;
        near[first]++;
        near[last + 1]--;
        inside[begin]++;
        inside[end + 1]--;
    }
    return 0;
}

/* Counts the units in the windows of hits, article by article; how many articles were done comes back: fewer than
   ``length`` where the table has to be larger. */
int64_t khobao_nearby(const forward *in, const uint16_t *numbers, int64_t length, const hits *of, const window *reach,
                      const counted_text *text, table *into) {
    units own = {0, 0, 0, 0, 0};
    list near = {0, 0, 0}, inside = {0, 0, 0};
    int64_t failed = 0, row = 0;
    for (; row < length && !failed; row++) {
        failed = read_units(in, numbers[row], reach->by_word, &own);
        if (!failed && (into->used + own.count) * 2 > into->capacity) break;
        if (!failed) failed = clear_marks(&near, own.count + 1);
        if (!failed) failed = clear_marks(&inside, own.count + 1);
        int64_t first = row ? of->ends[row - 1] : 0;
        if (!failed) failed = mark_windows(&own, of, first, of->ends[row], reach, near.values, inside.values);
        int64_t windows = 0, within = 0;
        for (int64_t at = 0; at < own.count && !failed; at++) {
            const unit *here = own.values + at;
            windows += near.values[at];
            within += inside.values[at];
            if (windows <= 0 || within != 0 || !is_counted(in, text, numbers[row], here->first)) continue;
            int64_t syllables = length_of(here);
            int64_t key = final_key(key_of_run(in, &own, here->form, syllables));
            count_item(into, key, 1, witness_of(numbers[row], here->form, syllables));
        }
    }
    free_units(&own);
    free(near.values);
    free(inside.values);
    return failed ? failed : row;
}

/* Which runs of units are counted: of how many units; of the keys those that fall to one share of so many. */
typedef struct {
    int64_t size;
    int64_t by_word;
    int64_t share;
    int64_t shares;
} run_kind;

/* Counts the runs of units in some articles; as khobao_nearby. */
int64_t khobao_runs(const forward *in, const uint16_t *numbers, int64_t length, const run_kind *kind,
                    const counted_text *text, table *into) {
    int64_t size = kind->size;
    units own = {0, 0, 0, 0, 0};
    int64_t failed = 0, row = 0;
    for (; row < length && !failed; row++) {
        failed = read_units(in, numbers[row], kind->by_word, &own);
        if (!failed && (into->used + own.count) * 2 > into->capacity) break;
        for (int64_t at = 0; at + size <= own.count && !failed; at++) {
            const unit *first = own.values + at, *last = first + size - 1;
            if (last->stop - first->first != (uint32_t)(last->form + length_of(last) - first->form)) continue; /* a gap */
            if (!is_counted(in, text, numbers[row], first->first)) continue;
            int64_t syllables = last->stop - first->first;
            int64_t key = final_key(key_of_run(in, &own, first->form, syllables));
            if (kind->shares > 1 && (key >> SHARE_SHIFT) % kind->shares != kind->share) continue;
            count_item(into, key, 1, witness_of(numbers[row], first->form, syllables));
        }
    }
    free_units(&own);
    return failed ? failed : row;
}

/* Counts the syllables of some articles by the ranks of their forms. */
int64_t khobao_forms(const forward *in, const uint16_t *numbers, int64_t length, const counted_text *text,
                     int64_t *counts) {
    units own = {0, 0, 0, 0, 0};
    int64_t failed = 0;
    for (int64_t row = 0; row < length && !failed; row++) {
        failed = read_ranks(in, numbers[row], &own);
        int64_t position = 0, opens = 1, counted = 0;
        for (int64_t form = 0; form < own.forms && !failed; form++) {
            int64_t rank = own.ranks[form];
            if (in->forms[rank] == GAP) {
                position += in->gap;
                opens = 1;
                continue;
            }
            if (opens || text->once) counted = is_counted(in, text, numbers[row], position);
            counts[rank] += counted;
            position++;
            opens = 0;
        }
    }
    free_units(&own);
    return failed;
}

/* The terms of some runs of forms, end to end. ``numbers``, ``firsts``, ``lengths``: of each its article, its first
   form in it, and how many forms it has. */
int64_t khobao_terms_of_runs(const forward *in, const uint16_t *numbers, const int64_t *firsts, const int64_t *lengths,
                             int64_t count, int64_t *terms) {
    units own = {0, 0, 0, 0, 0};
    int64_t failed = 0;
    for (int64_t run = 0; run < count && !failed; run++) {
        if (!run || numbers[run] != numbers[run - 1]) failed = read_ranks(in, numbers[run], &own);
        if (failed) break;
        if (firsts[run] < 0 || lengths[run] < 0 || firsts[run] > own.forms - lengths[run]) failed = DAMAGED;
        for (int64_t form = 0; form < lengths[run] && !failed; form++)
            *terms++ = in->forms[own.ranks[firsts[run] + form]] >> 1;
    }
    free_units(&own);
    return failed;
}
