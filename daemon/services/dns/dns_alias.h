/*
 * dns_alias.h — CNAME and DNAME followed within the zone. Pure; used in
 * workers.
 */
#ifndef NETLAB_SERVICES_DNS_ALIAS_H
#define NETLAB_SERVICES_DNS_ALIAS_H

#include "services/dns/dns_walk.h"

/*
 * Links of a chain that are followed. RFC 1034 §3.6.2 wants chains followed
 * and loops caught, but names no number: sixteen are more than any zone needs,
 * and bound what a question can cost.
 */
enum { DNS_ALIAS_MAX = 16 };

enum dns_alias_step {
	DNS_ALIAS_FOLLOW,   /* the walk stands at the target, in the zone */
	DNS_ALIAS_END,      /* the chain leaves the zone, loops, or is too long:
	                       of links, or of bytes with their signatures */
	DNS_ALIAS_TOO_LONG, /* a DNAME's result exceeds 255 bytes */
	DNS_ALIAS_FULL,     /* the reply has no room for the link */
	DNS_ALIAS_UNPROVEN, /* dns_proof.h says when */
};

/* One chain; the walk's names lie in it from the first link on. */
struct dns_alias {
	unsigned count;
	struct {
		uint64_t name_hash;
		const struct dns_node *node;
	} links[DNS_ALIAS_MAX];
	/* Of the current name, and room for the next one. */
	uint8_t spelled[2][DNS_NAME_MAX];
	uint8_t name[DNS_NAME_MAX];
};

static inline void
dns_alias_begin(struct dns_alias *chain)
{
	chain->count = 0;
}

/*
 * FOUND, where WALK stands, is an alias: the data of a node with CNAME, or a
 * DNAME. Appends its link to the answer (for a DNAME that record, once, and the
 * CNAME that it means, RFC 6672 §3.1) and moves WALK to the target. CHAIN lives
 * as long as WALK is used.
 */
enum dns_alias_step dns_alias_step(struct dns_alias *chain,
    struct dns_walk *walk, const struct dns_lookup *found);

#endif
