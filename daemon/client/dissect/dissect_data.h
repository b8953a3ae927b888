/* dissect_data.h — bytes that no dissector knows more of, and bytes that are
 * not there. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DATA_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DATA_H

#include "client/dissect/dissect.h"

/* Bytes AT … END as a field NAME: their text where they are text, else how many
 * they are. Nothing where there are none. */
void dissect_data(
    struct dissect *dissect, size_t at, size_t end, const char *name);

/* Whether LEN bytes are at AT; where not, what is there is a bad LAYER, and its
 * line says so. */
bool dissect_data_has(struct dissect *dissect, size_t at, size_t end,
    size_t len, const char *layer);

#endif
