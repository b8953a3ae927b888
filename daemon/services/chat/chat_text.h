/* chat_text.h — text that is fit to be shown on anybody's terminal. Pure. */
#ifndef NETLAB_SERVICES_CHAT_TEXT_H
#define NETLAB_SERVICES_CHAT_TEXT_H

#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * False for code points that no terminal may get from a stranger: C0 (ESC
 * begins sequences that repaint, rename, even type), DEL, C1 (the same in one
 * code point), what turns the direction of writing (others' text would change
 * its sense), the two line ends of Unicode, and what is no character. TAB is
 * text.
 */
bool chat_text_is_shown(uint32_t code_point);

/* Writes TEXT without what is not shown to OUT, which has room for all of it,
 * and its length to LEN. False: it is not UTF-8 (RFC 3629). */
bool chat_text_clean(struct span text, struct space out, size_t *len)
    __attribute__((warn_unused_result));

/* How many of the first MAX bytes of TEXT are whole sequences, if it is
 * UTF-8. */
size_t chat_text_cut(struct span text, size_t max);

/* TEXT without the spaces and tabs at both of its ends. */
struct span chat_text_trim(struct span text);

#endif
