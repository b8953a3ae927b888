/* dns_load_build.h — records → zone block. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_BUILD_H
#define NETLAB_SERVICES_DNS_LOAD_BUILD_H

#include "services/dns/dns_load_records.h"
#include "services/dns/dns_load_report.h"
#include "services/dns/dns_zone.h"

/* Bytes that dns_load_build may need, at most: address space, of which it
 * writes only what it returns. */
uint64_t dns_load_build_size(const struct dns_load_records *records,
    const struct dns_load_report *report);

/*
 * Builds the block of the zone of RECORDS in MEMORY: zeroes, 64-byte aligned,
 * dns_load_build_size. Sorts RECORDS. The zone's own rules are checked on the
 * way, even where not all records could be read; what breaks them is told to
 * REPORT, whose files become part of the block. Returns the size of the block,
 * or 0: REPORT has errors, these or earlier ones.
 */
size_t dns_load_build(struct dns_load_records *records,
    struct dns_load_report *report, const uint64_t content[2], uint8_t *memory)
    __attribute__((warn_unused_result));

/* A block that says only that the zone of this APEX FAILED. */
enum { DNS_LOAD_BUILD_STUB = sizeof(struct dns_zone) };
void dns_load_build_stub(uint8_t *memory, const uint8_t *apex, size_t apex_len);

#endif
