/* dns_load_pattern.h — `zones = { "PATTERN", … }`: a zone for each file that a
 * pattern of glob(7) matches. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_PATTERN_H
#define NETLAB_SERVICES_DNS_LOAD_PATTERN_H

#include "service.h"
#include "services/dns/dns_load_zones.h"

/*
 * Adds the files that the patterns of LOAD's section match to ZONES, which has
 * what its sections name: they come first, and one without a file is given the
 * one that has its name. What is wrong with a file's name is wrong with data.
 */
void dns_load_pattern_read(
    struct service_load *load, struct dns_load_zones *zones);

/* The zone's name that PATH's file name says: without the ending ".zone", or
 * the beginning "db."; "." for root.zone and db.root. At OUT, CAP bytes; false:
 * it does not fit. */
bool dns_load_pattern_name(const char *path, char *out, size_t cap)
    __attribute__((warn_unused_result));

#endif
