/*
 * dns_load_records.h — the records of one zone as they were read, in one
 * growing piece of memory: nothing is allocated per record. Loader process
 * only.
 *
 * Records that follow each other with the same owner share one struct
 * dns_load_owner; an owner that comes back later gets another. Sorting the
 * owners brings them together, in the order of RFC 4034 §6.1.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_RECORDS_H
#define NETLAB_SERVICES_DNS_LOAD_RECORDS_H

#include "services/dns/dns_name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Behind it: LENGTH bytes of RDATA. 4-byte aligned. */
struct dns_load_record {
	uint16_t type;
	uint16_t length;
	uint32_t ttl;
	uint32_t line;
	uint16_t file;
	uint16_t spare;
};

/* A name below the apex. Behind it KEY_LEN bytes whose order as bytes is
 * canonical order, then the labels (NAME_LEN bytes) as the file spells them,
 * then, 4-byte aligned, the records. */
struct dns_load_name {
	uint16_t key_len;
	uint8_t name_len;
	uint8_t labels;
};

struct dns_load_owner {
	uint64_t prefix; /* the key's first eight bytes; dns_load_sort goes on
	                    to later ones */
	uint32_t at;     /* of its struct dns_load_name */
	uint32_t count;  /* records */
};

struct dns_load_records {
	uint8_t apex[DNS_NAME_MAX]; /* lower case */
	size_t apex_len;
	uint8_t *bytes;
	size_t used, cap;
	struct dns_load_owner *owners;
	size_t owner_count, owner_cap;
	/* At most so much a block of these takes, and so many nodes. */
	uint64_t size_max, node_max;
	size_t rrsig_count;         /* RRSIG records */
	size_t nsec3_count;         /* NSEC3 records */
	uint8_t last[DNS_NAME_MAX]; /* owner of the last record, as spelled */
	size_t last_len;            /* 0: none yet */
};

enum dns_load_added {
	DNS_LOAD_ADDED,
	DNS_LOAD_OUTSIDE,  /* the owner is not in the zone */
	DNS_LOAD_NO_SPACE, /* no memory, or a zone of 4 GiB */
};

void dns_load_records_open(
    struct dns_load_records *records, const uint8_t *apex, size_t apex_len);
void dns_load_records_close(struct dns_load_records *records);

/* Copies RECORD and its RDATA, owned by OWNER (a valid whole name of OWNER_LEN
 * bytes). */
enum dns_load_added dns_load_records_add(struct dns_load_records *records,
    const uint8_t *owner, size_t owner_len,
    const struct dns_load_record *record, const uint8_t *rdata)
    __attribute__((warn_unused_result));

static inline const struct dns_load_name *
dns_load_records_name(
    const struct dns_load_records *records, const struct dns_load_owner *owner)
{
	return (const struct dns_load_name *)(const void *)(records->bytes +
	                                                    owner->at);
}

static inline const uint8_t *
dns_load_name_key(const struct dns_load_name *name)
{
	return (const uint8_t *)(name + 1);
}

static inline const uint8_t *
dns_load_name_spelling(const struct dns_load_name *name)
{
	return dns_load_name_key(name) + name->key_len;
}

/* Offset of the owner's first record; the next lies at dns_load_records_next.
 */
static inline size_t
dns_load_records_first(
    const struct dns_load_records *records, const struct dns_load_owner *owner)
{
	const struct dns_load_name *name =
	    dns_load_records_name(records, owner);
	size_t end = owner->at + sizeof(*name) + name->key_len + name->name_len;

	return (end + 3) & ~(size_t)3;
}

static inline const struct dns_load_record *
dns_load_records_at(const struct dns_load_records *records, size_t offset)
{
	return (const struct dns_load_record *)(const void *)(records->bytes +
	                                                      offset);
}

static inline size_t
dns_load_records_next(const struct dns_load_records *records, size_t offset)
{
	size_t end = offset + sizeof(struct dns_load_record) +
	             dns_load_records_at(records, offset)->length;

	return (end + 3) & ~(size_t)3;
}

static inline const uint8_t *
dns_load_record_rdata(const struct dns_load_record *record)
{
	return (const uint8_t *)(record + 1);
}

/* The offset of OWNER's first record of TYPE, or 0, where none lies. */
size_t dns_load_records_find(const struct dns_load_records *records,
    const struct dns_load_owner *owner, uint16_t type);

/* The same owner name? Once they are sorted. */
bool dns_load_records_is_same(const struct dns_load_records *records,
    const struct dns_load_owner *a, const struct dns_load_owner *b);

/* The number of the first owner behind number FIRST that is another name. Once
 * they are sorted. */
size_t dns_load_records_name_end(
    const struct dns_load_records *records, size_t first);

#endif
