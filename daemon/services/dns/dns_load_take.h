/* dns_load_take.h — a record that libzscanner has read → the zone's records.
 * Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_TAKE_H
#define NETLAB_SERVICES_DNS_LOAD_TAKE_H

#include "services/dns/dns_load_source.h"

/* What the scanner gives a record without a TTL as long as there was no $TTL.
 * Nobody writes it: with its highest bit set it would mean 0 (RFC 2181 §8). */
#define DNS_LOAD_TAKE_NO_TTL UINT32_C(0xfffffff3)

/* Adds the record that SOURCE's scanner has just read to its reader's records.
 * One that cannot be in the zone is told and left out; so is what was most
 * likely not meant. */
void dns_load_take(struct dns_load_source *source);

#endif
