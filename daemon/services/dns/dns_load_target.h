/* dns_load_target.h — names in RDATA, found in the finished zone. Loader
 * process only; dns_load_follow says what is wrong with them. */
#ifndef NETLAB_SERVICES_DNS_LOAD_TARGET_H
#define NETLAB_SERVICES_DNS_LOAD_TARGET_H

#include "services/dns/dns_load_rrset.h"

/* A name in the zone for which an RRset has a struct dns_target to spare. */
struct dns_load_target {
	struct dns_load_rrset_target rendered;
	uint32_t number; /* of the RRset's node in canonical order */
	uint32_t rrset;  /* its index there */
	/* That has the name, once dns_load_target_find has looked. */
	const struct dns_node *node;
};

struct dns_load_targets {
	struct dns_load_target *list; /* those of one RRset side by side */
	size_t count, cap;
};

bool dns_load_target_add(struct dns_load_targets *targets,
    const struct dns_load_target *target) __attribute__((warn_unused_result));

/* Looks all of TARGETS up in ZONE, which has its nodes, order and index, and
 * fills the targets of its RRsets. */
void dns_load_target_find(
    struct dns_zone *zone, struct dns_load_targets *targets);

void dns_load_target_close(struct dns_load_targets *targets);

#endif
