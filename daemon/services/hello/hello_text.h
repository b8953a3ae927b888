/* hello_text.h — "Hello 192.0.2.7" and a newline. Pure. */
#ifndef NETLAB_SERVICES_HELLO_TEXT_H
#define NETLAB_SERVICES_HELLO_TEXT_H

#include "core/addr.h"
#include "core/span.h"

enum { HELLO_TEXT_MAX = 64 };

/* Writes the greeting of PEER, by its address alone, to OUT, which has room for
 * HELLO_TEXT_MAX bytes; returns its length. An IPv4 address in the dress of
 * IPv6 (RFC 4291 §2.5.5.2) is shown as itself. */
size_t hello_text(const struct addr *peer, struct space out);

/* Whether BYTES are such a greeting, in letters of any case: who answers that
 * may talk to another server for ever (CVE-2024-2169). */
bool hello_text_is_answer(struct span bytes);

#endif
