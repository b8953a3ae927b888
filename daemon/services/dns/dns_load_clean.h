/* dns_load_clean.h — what editors leave in a text file, made fit for the
 * scanner. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_CLEAN_H
#define NETLAB_SERVICES_DNS_LOAD_CLEAN_H

#include "services/dns/dns_load_file.h"

#include <stdbool.h>

/*
 * Changes the text of FILE in place or replaces it, line by line the same: a
 * byte order mark goes, lines that end as on DOS end as everywhere, bytes
 * beyond ASCII are written \DDD (RFC 1035 §5.1), of which *HAS_HIGH_BYTES
 * tells. Returns NULL, or what is wrong with it: UTF-16, no memory.
 */
const char *dns_load_clean(struct dns_load_file *file, bool *has_high_bytes)
    __attribute__((warn_unused_result));

#endif
