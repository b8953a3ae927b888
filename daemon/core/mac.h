/* mac.h — message authentication codes of libcrypto, under keys that are made
 * ready once: a code costs no look-up of its algorithm. AES-CMAC (RFC 4493)
 * costs no memory either; of MD5 and SHA-1 libcrypto 3 allocates some hundred
 * bytes for the moment. Any process. */
#ifndef NETLAB_CORE_MAC_H
#define NETLAB_CORE_MAC_H

#include "core/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mac_type {
	MAC_AES128, /* CMAC, RFC 4493 */
	MAC_AES256, /* CMAC too */
	MAC_MD5,    /* of the key and then the message: weak, RFC 8573 §2 */
	MAC_SHA1,   /* likewise */
};

enum {
	MAC_TYPE_COUNT = MAC_SHA1 + 1,
	MAC_SIZE_MAX = 20, /* bytes of a code: SHA-1's */
	MAC_KEY_MAX = 64,  /* bytes of a key: a block of MD5 and SHA-1 */
};

struct mac; /* one key; not for two threads at once */

/* Makes KEY ready, which is copied. NULL: no memory, a libcrypto without TYPE
 * (as FIPS wants it), a key of the wrong length. mac_close wipes the copy, and
 * takes NULL. */
struct mac *mac_open(enum mac_type type, struct span key);
void mac_close(struct mac *mac);

/* Of TYPE: its name, the bytes of its codes, the bytes that a key has (0: 1 to
 * MAC_KEY_MAX), whether codes can be forged with more or less effort. */
const char *mac_name(enum mac_type type);
size_t mac_size(enum mac_type type);
size_t mac_key_size(enum mac_type type);
bool mac_is_weak(enum mac_type type);

/* Writes MESSAGE's code to OUT, which it may touch but not overlap, and returns
 * its bytes; 0: libcrypto failed. */
size_t mac_write(struct mac *mac, struct span message,
    uint8_t out[MAC_SIZE_MAX]) __attribute__((warn_unused_result));

/* Is CODE, whole, what mac_write makes of MESSAGE? Takes the same time for all
 * codes of the right length. */
bool mac_check(struct mac *mac, struct span message, struct span code)
    __attribute__((warn_unused_result));

#endif
