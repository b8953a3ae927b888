/*
 * upper_text.h — text → the same in capitals. Pure.
 *
 * A capital depends on its letter alone, on no language and on no letter beside
 * it, and nothing is normalised: so text may be cut wherever it is.
 */
#ifndef NETLAB_SERVICES_UPPER_TEXT_H
#define NETLAB_SERVICES_UPPER_TEXT_H

#include "core/span.h"

#include <stdbool.h>

enum {
	/* The longest capital: three letters of two bytes (of U+0390). */
	UPPER_TEXT_CAPITAL_MAX = 7,
	/* No letter beyond these two planes has another capital. */
	UPPER_TEXT_CODE_POINTS = 0x20000,
	/* Letters of one block: those whose UTF-8 differs in the last byte. */
	UPPER_TEXT_BLOCK = 64,
	UPPER_TEXT_BLOCKS = UPPER_TEXT_CODE_POINTS / UPPER_TEXT_BLOCK,
};

/* What a letter becomes, in UTF-8; LEN 0: it stays as it is. */
struct upper_text_capital {
	uint8_t len;
	uint8_t bytes[UPPER_TEXT_CAPITAL_MAX];
};

/* The capitals of all letters, as the image has them. */
struct upper_text_table {
	/* By code point / UPPER_TEXT_BLOCK: the number of its block below, of
	 * which the first is for all that have no capitals. */
	uint16_t blocks[UPPER_TEXT_BLOCKS];
	struct upper_text_capital capitals[][UPPER_TEXT_BLOCK];
};

struct upper_text {
	size_t used; /* bytes of the text */
	size_t made; /* bytes written to OUT */
};

/*
 * Writes BYTES in capitals, as far as OUT has room: at least for one letter
 * with UPPER_TEXT_CAPITAL_MAX bytes. TABLE NULL: only a to z change. What is no
 * UTF-8 stays as it is. What may be the beginning of a letter at the end of
 * BYTES is not used, unless they are the LAST.
 */
struct upper_text upper_text(const struct upper_text_table *table,
    struct span bytes, bool is_last, struct space out);

#endif
