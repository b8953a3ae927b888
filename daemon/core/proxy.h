/*
 * proxy.h — the header that a proxy sends ahead of a connection which it makes
 * for somebody else: haproxy's PROXY protocol, versions 1 and 2. Pure.
 */
#ifndef NETLAB_CORE_PROXY_H
#define NETLAB_CORE_PROXY_H

#include "core/addr.h"
#include "core/span.h"

enum {
	/* PROXY protocol §2.1: the longest line of version 1, CRLF included. */
	PROXY_LINE_MAX = 107,
	/* A header of version 2 may be 64 KiB; those in use stay below 1 KiB,
	 * certificates' names and checksums included. */
	PROXY_HEADER_MAX = 4096,
};

enum proxy_result {
	PROXY_DONE, /* the header is whole */
	PROXY_MORE, /* so far it is one: more bytes are needed */
	PROXY_BAD,  /* this is not how a header begins */
};

struct proxy_header {
	size_t len; /* bytes of the header; what the client sent is behind it */
	bool has_addresses; /* false: the proxy speaks for itself (LOCAL), or
	                       does not know (UNKNOWN, UNSPEC) */
	struct addr peer;   /* the client */
	struct addr local;  /* where the client connected to */
};

/*
 * Reads the header that BYTES begins with into HEADER, which has a meaning
 * after PROXY_DONE only. As long as it returns PROXY_MORE, all of BYTES belongs
 * to the header. An IPv4 address that is written as an IPv6 one comes out as
 * IPv4. TLVs are skipped.
 */
enum proxy_result proxy_parse(struct span bytes, struct proxy_header *header)
    __attribute__((warn_unused_result));

#endif
