/*
 * dns_name.h — domain names in wire form (RFC 1035 §3.1): labels, each behind
 * its length, ending in the root's empty label; without pointers. Pure.
 */
#ifndef NETLAB_SERVICES_DNS_NAME_H
#define NETLAB_SERVICES_DNS_NAME_H

#include "core/span.h"
#include "services/dns/dns_wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Every byte as \DDD, dots, NUL. */
enum { DNS_NAME_TEXT_MAX = 1024 };

/* ASCII only (RFC 4343 §3). */
static inline uint8_t
dns_name_lower_byte(uint8_t byte)
{
	return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

/* Copies LEN bytes of a wire name in lower case. Label lengths are below 64
 * and so stay what they are. */
void dns_name_lower(uint8_t *out, const uint8_t *name, size_t len);

/* Labels in NAME, the root not counted. NAME is a whole valid name. */
unsigned dns_name_labels(const uint8_t *name);

/* Bytes of the whole valid name NAME, the root label included. */
size_t dns_name_length(const uint8_t *name);

/* Bytes of the valid name, without pointers, that the LEN bytes at NAME begin
 * with; 0: they begin with none. */
size_t dns_name_measure(const uint8_t *name, size_t len)
    __attribute__((warn_unused_result));

/* The same name but for ASCII case? Both LEN bytes of labels. */
bool dns_name_is_equal(const uint8_t *a, const uint8_t *b, size_t len);

/* The bytes of the longest suffix that two names in lower case share, in whole
 * labels. Both are whole names, or both labels of names below one apex. */
size_t dns_name_common(
    const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len);

/* The canonical order of two labels in lower case, each behind its length (RFC
 * 4034 §6.1): their bytes decide, then which ends first. < 0, 0, > 0. */
int dns_name_compare_labels(const uint8_t *a, const uint8_t *b);

/* A hash of LEN bytes that are already in lower case. Well mixed in all 64
 * bits; not keyed: what lies in a table is chosen by whoever writes zones, not
 * by whoever asks. */
uint64_t dns_name_hash(const uint8_t *name, size_t len);

/*
 * Reads a host-style TEXT ("example.org", "example.org.", ".", escapes as in
 * RFC 1035 §5.1) as an absolute name. Returns its wire length, or 0 when it is
 * not a name: empty, an empty label, a label over 63 or a name over 255 bytes,
 * a bad escape.
 */
size_t dns_name_parse(const char *text, uint8_t out[DNS_NAME_MAX])
    __attribute__((warn_unused_result));

/* Writes the whole valid NAME as text with its final dot, escaped as in RFC
 * 1035 §5.1, and returns TEXT. */
const char *dns_name_format(const uint8_t *name, char text[DNS_NAME_TEXT_MAX]);

#endif
