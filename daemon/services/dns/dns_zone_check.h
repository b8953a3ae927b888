/* dns_zone_check.h — is a block what dns_zone.h says? Pure; tests and whoever
 * has a block that dns_load did not just make. */
#ifndef NETLAB_SERVICES_DNS_ZONE_CHECK_H
#define NETLAB_SERVICES_DNS_ZONE_CHECK_H

#include "services/dns/dns_zone.h"

/*
 * Walks the SIZE bytes at BLOCK, 64-byte aligned: that every offset stays
 * inside and points to what it should, every wire form is made of whole RRs,
 * and every name is found through the index. Returns NULL, or what is wrong
 * first, a static string.
 */
const char *dns_zone_check(const void *block, size_t size)
    __attribute__((warn_unused_result));

#endif
