/* dns_load_scan.h — a master file's text → records, with libzscanner; all but
 * the directives that dns_load_directive takes. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_SCAN_H
#define NETLAB_SERVICES_DNS_LOAD_SCAN_H

#include "services/dns/dns_load_source.h"

/*
 * Makes SOURCE's scanner, with what an included file takes over: $TTL and the
 * last owner; ORIGIN is given. Nothing of it goes back (RFC 1035 §5.1). false:
 * no memory.
 */
bool dns_load_scan_open(struct dns_load_source *source, const uint8_t *origin,
    size_t origin_len) __attribute__((warn_unused_result));
void dns_load_scan_close(struct dns_load_source *source);

/* Changes the origin; ORIGIN is copied. */
void dns_load_scan_set_origin(
    struct dns_load_source *source, const uint8_t *origin, size_t origin_len);

/* The origin as it is; valid until it changes. */
const uint8_t *dns_load_scan_origin(
    const struct dns_load_source *source, size_t *len);

/* Reads the records of TEXT, LEN bytes, whose first line is LINE. Behind what
 * it cannot read, which is told, it goes on. */
void dns_load_scan_text(struct dns_load_source *source, const char *text,
    size_t len, uint64_t line);

#endif
