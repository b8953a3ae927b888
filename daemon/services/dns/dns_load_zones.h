/*
 * dns_load_zones.h — the zones that the configuration asks for: what each is
 * made from, and which of them a name belongs to. Loader process only.
 */
#ifndef NETLAB_SERVICES_DNS_LOAD_ZONES_H
#define NETLAB_SERVICES_DNS_LOAD_ZONES_H

#include "services/dns/dns_name.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A name with one address: `hosts`. */
struct dns_load_host {
	uint8_t name[DNS_NAME_MAX]; /* as spelled */
	size_t name_len;
	uint8_t address[sizeof(struct in6_addr)]; /* IPv4: the first four */
	bool is_ipv6;
	uint32_t ttl;
	unsigned line; /* of the configuration */
	struct dns_load_host *next;
};

struct dns_load_zone {
	char *title;   /* as the configuration spells it; owned */
	char *path;    /* of its file, absolute; owned. NULL: it has none */
	unsigned line; /* of the configuration, where it is named */
	bool is_wrong; /* as told: it is not read, and FAILED */
	bool is_from_pattern;       /* and that alone */
	bool is_reverse;            /* PTR records are made for it */
	uint8_t apex[DNS_NAME_MAX]; /* lower case */
	uint8_t apex_len;
	/* Names that `hosts` adds, in the order of the file; owned. */
	struct dns_load_host *hosts, **hosts_end;
	size_t block; /* its offset in the part, once it is loaded */
};

struct dns_load_zones {
	/* In the order in which they were added; by pointer, so that a zone
	 * stays where it is. */
	struct dns_load_zone **list;
	size_t count, cap;
	uint32_t *slots; /* open addressing by the apex: index + 1; 0: free */
	size_t slot_count;
	uint64_t labels[2]; /* bit N: some apex has N labels */
	bool is_full;       /* memory was short: something is missing */
};

/* Starts as zeroes. */
void dns_load_zones_close(struct dns_load_zones *zones);

/* Adds a zone of APEX (a valid name in any case, which no zone has yet),
 * copying TITLE. NULL: no memory; IS_FULL then. */
struct dns_load_zone *dns_load_zones_add(
    struct dns_load_zones *zones, const char *title, const uint8_t *apex);

/* The zone with this apex, LEN bytes in lower case, or NULL. */
struct dns_load_zone *dns_load_zones_exact(
    const struct dns_load_zones *zones, const uint8_t *apex, size_t len);

/* The zone whose apex is the longest suffix of NAME, LEN bytes of a whole name
 * in lower case, or NULL. */
struct dns_load_zone *dns_load_zones_find(
    const struct dns_load_zones *zones, const uint8_t *name, size_t len);

#endif
