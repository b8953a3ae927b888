/* explain_input.h — the bytes that `netlab explain` is given: hexadecimal
 * words, or what a file holds. */
#ifndef NETLAB_CLIENT_EXPLAIN_EXPLAIN_INPUT_H
#define NETLAB_CLIENT_EXPLAIN_EXPLAIN_INPUT_H

#include "core/span.h"

#include <stdbool.h>

/* Bytes of what is given at most, as text several times that. */
enum { EXPLAIN_INPUT_MAX = 256 * 1024 };

struct explain_input {
	uint8_t *bytes; /* owned: explain_input_free */
	size_t len;
};

/*
 * Reads WORDS, at least one, which end in NULL: all of them hexadecimal; or
 * "-", standard input, or the name of a file, which hold hexadecimal
 * (explain_hex.h) or the bytes themselves; MAY_BE_TEXT: these may be text.
 * Returns VERB_GOOD, or VERB_USAGE and has complained.
 */
int explain_input_read(char **words, bool may_be_text,
    struct explain_input *input) __attribute__((warn_unused_result));
void explain_input_free(struct explain_input *input);

#endif
