/* dns_load_content.h — a hash of all that a zone is made from, by which a
 * reload knows those that are as they were. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_CONTENT_H
#define NETLAB_SERVICES_DNS_LOAD_CONTENT_H

#include <stddef.h>
#include <stdint.h>

/* Adds LEN bytes, as one piece, to CONTENT, zeroes at first. */
void dns_load_content_add(uint64_t content[2], const void *bytes, size_t len);

#endif
