/* explain_kind.h — what `netlab explain` can take apart. */
#ifndef NETLAB_CLIENT_EXPLAIN_EXPLAIN_KIND_H
#define NETLAB_CLIENT_EXPLAIN_EXPLAIN_KIND_H

#include "client/dissect/dissect.h"

/* A message to try it on. */
struct explain_kind_example {
	const char *name; /* "query" */
	const char *title;
	struct span bytes;
};

struct explain_kind {
	const char *name;  /* "dns"; as the user types it */
	const char *title; /* "DNS message" */
	dissector *dissect;
	dissector *dissect_stream; /* with --tcp; NULL: there is no such form */
	const struct explain_kind_example *examples; /* end in a NULL name */
};

/* NULL: there is none of that name. */
const struct explain_kind *explain_kind_find(const char *name);

/*
 * What BYTES most likely are: how HTTP begins, an EtherType with its version
 * behind it, a DNS message that is one to its last byte, an IP packet that is
 * as long as it says, an NTP packet without fault. IS_STREAM: DNS behind its
 * length. NULL: none of these.
 */
const struct explain_kind *explain_kind_guess(
    struct span bytes, bool *is_stream);

#endif
