/* dns_load_data.h — what a name holds: its records as RRsets in the block.
 * Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_DATA_H
#define NETLAB_SERVICES_DNS_LOAD_DATA_H

#include "services/dns/dns_load_block.h"

/* The RRsets of a node that holds GROUP. */
size_t dns_load_data_count(const struct dns_load_group *group);

/* Renders the block's group as the RRsets of NODE, which has room for the
 * dns_load_data_count of them. What breaks the rules is told. false: no memory.
 */
bool dns_load_data_put(struct dns_load_block *block,
    const struct dns_node *node) __attribute__((warn_unused_result));

/*
 * Renders the group's records from START to END, of one type, at the block's
 * end, to be described by OUT. *CURSOR goes through the group's signatures,
 * from set to set in the order of their types: those of this set are put
 * behind it. false: no memory.
 */
bool dns_load_data_put_set(struct dns_load_block *block, size_t start,
    size_t end, size_t *cursor, struct dns_rrset *out)
    __attribute__((warn_unused_result));

/* Tells of all signatures of a group that makes no node. */
void dns_load_data_tell_stray(const struct dns_load_block *block);

/* What negative answers carry (RFC 2308 §3): the SOA of the apex, which is
 * there but for one without SOA, with the lower TTL. */
void dns_load_data_put_negative(struct dns_load_block *block);

#endif
