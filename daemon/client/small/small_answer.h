/* small_answer.h — services that answer whoever comes: daytime, qotd, hello
 * with a text, time with four bytes. */
#ifndef NETLAB_CLIENT_SMALL_SMALL_ANSWER_H
#define NETLAB_CLIENT_SMALL_SMALL_ANSWER_H

#include "client/small/small.h"

enum { SMALL_ANSWER_MAX = 65535 };

/*
 * Connects and reads the answer: by TCP until the server closes, by UDP a
 * datagram for our empty one. *LEN bytes in SPACE, at most all of it. Returns
 * VERB_GOOD; VERB_NO_REPLY and has complained, perhaps with a part of the
 * answer: the server did not close.
 */
int small_answer_get(struct small *small, struct space space, size_t *len)
    __attribute__((warn_unused_result));

/* The whole verb for a service with PORT that answers with a text. */
int small_answer_text(const struct options *options, const char *host,
    uint16_t port) __attribute__((warn_unused_result));

#endif
