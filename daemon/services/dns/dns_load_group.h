/* dns_load_group.h — all records of one name, brought into RRsets. Loader
 * process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_GROUP_H
#define NETLAB_SERVICES_DNS_LOAD_GROUP_H

#include "services/dns/dns_load_records.h"

#include <stdbool.h>

/* Reused from name to name: it grows to the largest and is freed once. */
struct dns_load_group {
	const struct dns_load_record **records; /* by type, RRSIG by the type
	                                            that it covers, too; then
	                                            as read */
	const struct dns_load_record **other;   /* for sorting */
	size_t count, cap;
	size_t signatures; /* where the RRSIGs begin, if there are any */
	uint32_t *seen;    /* for finding duplicates; SEEN_CAP of them, a power
	                      of two */
	size_t seen_cap;
};

/* Makes GROUP the records of the FIRST … END owners, which are one name. They
 * are borrowed from RECORDS. false: no memory. */
bool dns_load_group_fill(struct dns_load_group *group,
    const struct dns_load_records *records, size_t first, size_t end)
    __attribute__((warn_unused_result));

/* The first record of TYPE, or NULL. */
const struct dns_load_record *dns_load_group_find(
    const struct dns_load_group *group, uint16_t type);

/* Where the records of the type of the one at START end. */
static inline size_t
dns_load_group_type_end(const struct dns_load_group *group, size_t start)
{
	size_t end = start + 1;

	while (end < group->count &&
	       group->records[end]->type == group->records[start]->type)
		end++;
	return end;
}

/* From AT, which lies among the signatures or at their end: the first of them
 * that covers TYPE or a greater one; and the end of those that cover TYPE. */
size_t dns_load_group_covering(
    const struct dns_load_group *group, size_t at, unsigned type);
size_t dns_load_group_covering_end(
    const struct dns_load_group *group, size_t at, unsigned type);

/* Removes duplicates (RFC 2181 §5) among the records from START to END, which
 * are of one type. Returns the new END, or 0 for want of memory: what lies
 * between it and the old one is no longer part of the group. */
size_t dns_load_group_unique(
    struct dns_load_group *group, size_t start, size_t end);

void dns_load_group_close(struct dns_load_group *group);

#endif
