/* What is counted of some articles? Loops over masks and columns of a segment. */

#include "segment.h"

static inline int64_t append_numbers(const uint8_t *mask, int64_t first, int64_t last, uint16_t *numbers, int64_t count) {
    for (int64_t article = first; article < last; article++) {
        numbers[count] = (uint16_t)article; /* kept only where the mask is set: no branch */
        count += mask[article] != 0;
    }
    return count;
}

/* The articles of a mask, ascending; ``numbers`` has room for one more than all. Most masks are sparse: eight articles
   of which none is set are passed over at once. */
int64_t khobao_numbers(const uint8_t *mask, int64_t length, uint16_t *numbers) {
    int64_t count = 0, first = 0;
    for (uint64_t eight; first + 8 <= length; first += 8) {
        memcpy(&eight, mask + first, sizeof eight);
        if (eight) count = append_numbers(mask, first, first + 8, numbers, count);
    }
    return append_numbers(mask, first, length, numbers, count);
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

/* Counts codes of some articles. Those of article a lie from ``starts[a]`` to ``starts[a + 1]`` among ``codes``; where
   ``starts`` is null it has the one at a. ``counts``: one for each code, zero before. */
int64_t khobao_count_codes(const uint32_t *codes, int64_t code_count, const uint32_t *starts, int64_t articles,
                           const uint16_t *numbers, int64_t length, int64_t *counts, int64_t values) {
    for (int64_t at = 0; at < length; at++) {
        int64_t article = numbers[at];
        if (article >= articles) return DAMAGED;
        int64_t first = starts ? starts[article] : article, last = starts ? starts[article + 1] : article + 1;
        if (first > last || last > code_count) return DAMAGED;
        for (int64_t code = first; code < last; code++) {
            if (codes[code] >= values) return DAMAGED;
            counts[codes[code]]++;
        }
    }
    return 0;
}

/* Counts the days of some articles that are known to the day, from ``lowest`` on, and lists the others; how many
   these are comes back. ``days``: a number for each of ``day_count`` days, zero before. ``others``: room for all. */
int64_t khobao_count_days(const uint32_t *first_days, const uint32_t *last_days, int64_t articles,
                          const uint16_t *numbers, int64_t length, int64_t lowest, int64_t *days, int64_t day_count,
                          uint16_t *others) {
    int64_t count = 0;
    for (int64_t at = 0; at < length; at++) {
        int64_t article = numbers[at];
        if (article >= articles) return DAMAGED;
        int64_t day = (int64_t)first_days[article] - lowest;
        if (first_days[article] && first_days[article] == last_days[article] && day >= 0 && day < day_count) days[day]++;
        else others[count++] = numbers[at];
    }
    return count;
}
