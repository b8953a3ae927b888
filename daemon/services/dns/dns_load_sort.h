/* dns_load_sort.h — canonical order (RFC 4034 §6.1). Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_SORT_H
#define NETLAB_SERVICES_DNS_LOAD_SORT_H

#include "services/dns/dns_load_records.h"

/* Sorts the owners of RECORDS; equal ones stay in the order in which they came.
 * Linear for a file that is in order already or is made of a few ordered runs.
 * false: no memory. */
bool dns_load_sort(struct dns_load_records *records)
    __attribute__((warn_unused_result));

#endif
