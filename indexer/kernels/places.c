/* Where do syllables stand in articles that are shown, and which of their characters match a query? */

#include "segment.h"

#define POSITION_SHIFT 2
#define ZONE_SHIFT 28
#define SLOT_BITS 16
#define SLOT_MASK ((1 << SLOT_BITS) - 1)
#define BEGINS 2
#define ENDS 1

/* Places while they are gathered, each with its slot: place << SLOT_BITS | slot; by article at first. */
typedef struct {
    list keys;
    list owners;
    int64_t slot;
    cursor at;
} placing;

static int64_t place_of(const segment *in, int64_t article, int64_t position, int64_t index) {
    int64_t zone = 0, begin = 0;
    for (int64_t next = 1; next < ZONES; next++) { /* up to the first that is later, whatever a damaged file says */
        int64_t start = zone_start(in, article, next);
        if (start > position) break;
        zone = next;
        begin = start;
    }
    int64_t flags = in->flags[index / 4] >> index % 4 * 2 & 3;
    return zone << ZONE_SHIFT | (position - begin) << POSITION_SHIFT | flags;
}

static int64_t gather_places(const segment *in, int64_t posting, int64_t place, void *state) {
    placing *into = state;
    int64_t count = count_of(in, posting), first = first_occurrence(in, &into->at, posting);
    if (count < 0 || first < 0 || first + count > in->occurrences || (first + count + 3) / 4 > in->flag_bytes) return DAMAGED;
    int64_t article = in->numbers[posting];
    if (article >= in->articles) return DAMAGED;
    for (int64_t index = first; index < first + count; index++) {
        int64_t key = place_of(in, article, position_at(in, index), index) << SLOT_BITS | into->slot;
        if (append(&into->keys, key) || append(&into->owners, place)) return NO_MEMORY;
    }
    return 0;
}

/* Sorts keys by their owners, then by themselves. ``ends``: where those of each owner end. */
static int64_t sort_by_owner(const list *keys, const list *owners, int64_t length, int64_t *ends, int64_t *sorted) {
    int64_t *next = calloc((size_t)length + 1, sizeof *next), start = 0, failed = next ? 0 : NO_MEMORY;
    if (failed) return failed;
    for (int64_t at = 0; at < keys->count; at++) next[owners->values[at] + 1]++;
    for (int64_t owner = 0; owner < length; owner++) next[owner + 1] += next[owner];
    for (int64_t at = 0; at < keys->count; at++) sorted[next[owners->values[at]]++] = keys->values[at];
    for (int64_t owner = 0; owner < length && !failed; owner++) {
        ends[owner] = next[owner];
        failed = khobao_sort_runs(sorted + start, ends[owner] - start);
        start = ends[owner];
    }
    free(next);
    return failed;
}

/* The places of slots in some articles (ascending): article by article, ascending in each, as
   place << SLOT_BITS | slot; how many there are comes back, and they are stored only if there is ``room`` for all.

   ``runs``, ``slot_ends``: the terms of the slots, and where those of each end, counted in runs. */
int64_t khobao_places(const segment *in, const int64_t *runs, const int64_t *slot_ends, int64_t slots,
                      const uint16_t *numbers, int64_t length, int64_t *ends, int64_t *keys, int64_t room) {
    placing into = {{0, 0, 0}, {0, 0, 0}, 0, {0, 0}};
    int64_t failed = 0;
    for (int64_t first = 0; into.slot < slots && !failed; first = slot_ends[into.slot++])
        failed = visit_terms(in, runs + 2 * first, slot_ends[into.slot] - first, numbers, length, gather_places, &into);
    if (!failed && into.keys.count <= room) failed = sort_by_owner(&into.keys, &into.owners, length, ends, keys);
    free(into.keys.values);
    free(into.owners.values);
    return failed ? failed : into.keys.count;
}

/* The start and the end of each syllable of an article, through all of its texts. ``pairs``: room for two numbers
   a syllable, from ``first`` to ``last`` in the file. */
int64_t khobao_spans(const segment *in, int64_t first, int64_t last, int64_t *pairs) {
    if (first < 0 || first > last || last > in->span_count) return DAMAGED;
    int64_t wide = first_not_below_u32(in->spans_at, in->spans_wide, (uint32_t)first), edge = 0;
    for (int64_t at = first; at < last; at++) {
        int64_t gap = in->spans[at] >> 4, length = in->spans[at] & NARROW;
        if (in->spans[at] == PAST) {
            if (wide >= in->spans_wide || in->spans_at[wide] != (uint32_t)at) return DAMAGED;
            gap = (int64_t)(in->spans_past[wide] >> 32);
            length = (int64_t)(in->spans_past[wide++] & 0xffffffff);
        }
        *pairs++ = edge += gap;
        *pairs++ = edge += length;
    }
    return 0;
}

/* The texts of an article as they lie end to end, and its syllables. */
typedef struct {
    const int64_t *spans;  /* start and end of each syllable */
    int64_t syllables;
    const int64_t *starts; /* of each text, and of one more */
    const int64_t *zones;  /* of each text */
    int64_t texts;
} article_texts;

/* A syllable of the article that matches some slots. */
typedef struct {
    int64_t place;
    uint64_t slots;
} token;

/* Where a text begins: its first syllable, and the place of that. */
typedef struct {
    int64_t syllable;
    int64_t place;
} text_begin;

static int64_t collect_tokens(const int64_t *keys, int64_t count, token *tokens) {
    int64_t found = 0;
    for (int64_t at = 0; at < count; at++) {
        int64_t place = keys[at] >> SLOT_BITS;
        if (!found || tokens[found - 1].place != place) {
            token fresh = {place, 0};
            tokens[found++] = fresh;
        }
        tokens[found - 1].slots |= 1ULL << (keys[at] & 63);
    }
    return found;
}

static void find_begins(const article_texts *of, int64_t gap, text_begin *begins) {
    int64_t following[ZONES], syllable = 0;
    for (int64_t zone = 0; zone < ZONES; zone++) following[zone] = zone << ZONE_SHIFT;
    for (int64_t text = 0; text <= of->texts; text++) {
        while (syllable < of->syllables && of->spans[2 * syllable] < of->starts[text]) syllable++;
        begins[text].syllable = syllable;
        if (text) following[of->zones[text - 1]] += (syllable - begins[text - 1].syllable + gap) << POSITION_SHIFT;
        if (text < of->texts) begins[text].place = following[of->zones[text]];
    }
}

/* Whether the tokens from ``first`` on are the slots of a match, in a row; and one word, where that is asked. */
static int is_match(const token *tokens, int64_t left, const int64_t *slots, int64_t length, int as_word) {
    if (length > left) return 0;
    int64_t position = tokens[0].place >> POSITION_SHIFT;
    for (int64_t step = 0; step < length; step++) {
        int64_t place = tokens[step].place;
        if (place >> POSITION_SHIFT != position + step || !(tokens[step].slots >> slots[step] & 1)) return 0;
        if (as_word && !(place & BEGINS) != !(step == 0)) return 0;
    }
    return !as_word || tokens[length - 1].place & ENDS;
}

/* Inserts a mark among those from ``first`` on, which begin with the same syllable: by end, then leaf, each once. */
static int64_t insert_mark(int64_t *marks, int64_t first, int64_t count, const int64_t *mark) {
    int64_t to = count;
    for (; to > first; to--) {
        const int64_t *before = marks + 4 * (to - 1);
        if (before[2] < mark[2] || (before[2] == mark[2] && before[3] < mark[3])) break;
        if (before[2] == mark[2] && before[3] == mark[3]) return count;
    }
    memmove(marks + 4 * (to + 1), marks + 4 * to, (size_t)(count - to) * 4 * sizeof *marks);
    memcpy(marks + 4 * to, mark, 4 * sizeof *marks);
    return count + 1;
}

/* The marks of the matches of a query in one article: text, start and end in it, number of the leaf; in order.

   ``keys``: the places of slots, ascending, as place << SLOT_BITS | slot; slots are below 64. ``gap``: places between
   texts of a zone. ``matches``: for each its leaf, the zone in which alone it counts (negative: any), whether it is
   to be a word, how many slots it has, and these. ``room``: marks that can be stored; each token can have one for
   each match. */
int64_t khobao_marks(const int64_t *keys, int64_t key_count, const int64_t *spans, int64_t syllables,
                     const int64_t *starts, const int64_t *zones, int64_t texts, int64_t gap, const int64_t *matches,
                     int64_t match_count, int64_t *marks, int64_t room) {
    if (!texts) return key_count ? DAMAGED : 0;
    article_texts of = {spans, syllables, starts, zones, texts};
    token *tokens = malloc(((size_t)key_count + 1) * sizeof *tokens);
    text_begin *begins = malloc(((size_t)texts + 1) * sizeof *begins);
    int64_t count = 0, failed = tokens && begins ? 0 : NO_MEMORY, text = 0;
    int64_t found = failed ? 0 : collect_tokens(keys, key_count, tokens);
    if (!failed) find_begins(&of, gap, begins);
    for (int64_t at = 0; at < found && !failed; at++) {
        while (text + 1 < texts && begins[text + 1].place <= tokens[at].place) text++;
        int64_t syllable = begins[text].syllable + ((tokens[at].place - begins[text].place) >> POSITION_SHIFT);
        int64_t first = count;
        const int64_t *match = matches;
        for (int64_t number = 0; number < match_count && !failed; number++, match += match[3] + 4) {
            if (match[1] >= 0 && match[1] != zones[text]) continue;
            if (!is_match(tokens + at, found - at, match + 4, match[3], match[2] != 0)) continue;
            int64_t last = syllable + match[3] - 1;
            if (syllable < 0 || last >= syllables || count >= room) failed = DAMAGED;
            else {
                int64_t mark[4] = {text, spans[2 * syllable] - starts[text], spans[2 * last + 1] - starts[text], match[0]};
                count = insert_mark(marks, first, count, mark);
            }
        }
    }
    free(tokens);
    free(begins);
    return failed ? failed : count;
}
