/* http_file_hash.h — a hash of bytes: of the cache's keys with a secret, of
 * pages without one. Pure. */
#ifndef NETLAB_SERVICES_HTTP_FILE_HASH_H
#define NETLAB_SERVICES_HTTP_FILE_HASH_H

#include "core/span.h"

#include <string.h>

/* Of BYTES, beginning with START. Eight bytes a step, folded by a
 * 64 × 64 → 128 bit product with SECRET. */
static inline uint64_t
http_file_hash(uint64_t start, uint64_t secret, struct span bytes)
{
	uint64_t hash = start ^ bytes.len;

	for (size_t i = 0; i < bytes.len; i += 8) {
		size_t len = bytes.len - i < 8 ? bytes.len - i : 8;
		uint64_t word = 0;

		memcpy(&word, bytes.data + i, len);
		__extension__ unsigned __int128 product =
		    (unsigned __int128)(hash ^ word) *
		    (secret | 0x9e3779b97f4a7c15u);

		hash = (uint64_t)product ^ (uint64_t)(product >> 64);
	}
	return hash;
}

#endif
