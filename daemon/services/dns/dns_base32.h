/*
 * dns_base32.h — base32 with the extended hex alphabet (RFC 4648 §7), without
 * padding, as NSEC3 writes hashes (RFC 5155 §3.3): its texts sort as their
 * bytes do. Pure.
 */
#ifndef NETLAB_SERVICES_DNS_BASE32_H
#define NETLAB_SERVICES_DNS_BASE32_H

#include <stddef.h>
#include <stdint.h>

/* Characters of LEN bytes. */
static inline size_t
dns_base32_length(size_t len)
{
	return (len * 8 + 4) / 5;
}

/* Writes dns_base32_length(LEN) characters, in lower case, without a NUL. */
void dns_base32_encode(uint8_t *out, const uint8_t *bytes, size_t len);

/* Reads LEN characters of either case to OUT, which has room for LEN * 5 / 8
 * bytes. Returns how many these are; 0: not such a text, or none at all. */
size_t dns_base32_decode(uint8_t *out, const uint8_t *text, size_t len)
    __attribute__((warn_unused_result));

#endif
