/* dns_nsec3.c — hashed names. Pure. */
#include "services/dns/dns_nsec3.h"

#include "core/bytes.h"

#include <string.h>

_Static_assert((int)DNS_NSEC3_HASH_SIZE == (int)DIGEST_SHA1_SIZE, "SHA-1");

enum { GUESSES = 3 };

bool
dns_nsec3_hash(struct digest *digest, const uint8_t *name, size_t len,
    unsigned iterations, struct span salt, uint8_t out[DNS_NSEC3_HASH_SIZE])
{
	struct span hash = {out, DNS_NSEC3_HASH_SIZE};

	if (!digest_sha1(digest, (struct span){name, len}, salt, out))
		return false;
	for (unsigned i = 0; i < iterations; i++)
		if (!digest_sha1(digest, hash, salt, out))
			return false;
	return true;
}

/* Where HASH lies about, for hashes are spread evenly: a guess in a million
 * misses by some hundreds, the next by some ten. A few cache misses instead of
 * the twenty of bisection. */
static uint32_t
guess(const struct dns_nsec3 *chain, uint32_t count, const uint8_t *hash)
{
	int64_t wanted = bytes_get32be(hash), at = 0, key = 0;

	for (unsigned i = 0; i < GUESSES; i++) {
		at += (wanted - key) * count / ((int64_t)1 << 32);
		if (at < 0)
			at = 0;
		if (at >= count)
			at = count - 1;
		key = bytes_get32be(chain[at].hash);
	}
	return (uint32_t)at;
}

uint32_t
dns_nsec3_find(const struct dns_nsec3 *chain, uint32_t count,
    const uint8_t hash[DNS_NSEC3_HASH_SIZE], bool *is_match)
{
	uint32_t low = guess(chain, count, hash), high = low + 1, step = 1;

	/* LOW is to lie before HASH or at it, HIGH behind it: by ever larger
	 * steps, then by halves. */
	while (memcmp(chain[low].hash, hash, DNS_NSEC3_HASH_SIZE) > 0) {
		if (low == 0) {
			*is_match = false;
			return count - 1;
		}
		high = low;
		low -= low < step ? low : step;
		step *= 2;
	}
	while (high < count &&
	       memcmp(chain[high].hash, hash, DNS_NSEC3_HASH_SIZE) <= 0) {
		low = high;
		high += count - high < step ? count - high : step;
		step *= 2;
	}
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (memcmp(chain[middle].hash, hash, DNS_NSEC3_HASH_SIZE) <= 0)
			low = middle;
		else
			high = middle;
	}
	*is_match = memcmp(chain[low].hash, hash, DNS_NSEC3_HASH_SIZE) == 0;
	return low;
}
