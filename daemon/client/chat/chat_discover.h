/* chat_discover.h — who listens on the networks around. */
#ifndef NETLAB_CLIENT_CHAT_DISCOVER_H
#define NETLAB_CLIENT_CHAT_DISCOVER_H

#include "client/options.h"
#include "core/addr.h"
#include "core/span.h"

enum {
	CHAT_DISCOVER_MS = 2000, /* how long it looks, unless --timeout says */
	CHAT_DISCOVER_MAX = 256, /* listeners; the others are passed over */
};

/* Prints all. Returns VERB_GOOD; VERB_NO_REPLY and has complained: there is
 * nobody. */
int chat_discover_print(const struct options *options)
    __attribute__((warn_unused_result));

/* Looks for one called NAME, by the transport of OPTIONS, any where they have
 * none: writes "ADDRESS:PORT" to PLACE and sets TRANSPORT. Returns VERB_GOOD;
 * VERB_NO_REPLY and has complained: there is none. */
int chat_discover_find(const struct options *options, struct span name,
    char place[ADDR_TEXT_MAX], enum transport *transport)
    __attribute__((warn_unused_result));

#endif
