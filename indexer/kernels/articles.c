/* What is counted of some articles? Loops over masks and columns of a segment. */

#include "segment.h"

/* The articles of a mask, ascending; ``numbers`` has room for one more than all. */
int64_t khobao_numbers(const uint8_t *mask, int64_t length, uint16_t *numbers) {
    int64_t count = 0;
    for (int64_t article = 0; article < length; article++) {
        numbers[count] = (uint16_t)article; /* kept only where the mask is set: no branch */
        count += mask[article] != 0;
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
