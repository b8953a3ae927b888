/* digest.h — SHA-1 of libcrypto, made ready once: a hash of some bytes costs no
 * look-up of its algorithm and no memory. Any process. */
#ifndef NETLAB_CORE_DIGEST_H
#define NETLAB_CORE_DIGEST_H

#include "core/span.h"

#include <stdbool.h>
#include <stdint.h>

enum { DIGEST_SHA1_SIZE = 20 };

struct digest; /* not for two threads at once */

/* NULL: no memory, or a libcrypto without SHA-1. digest_close takes NULL. */
struct digest *digest_open(void);
void digest_close(struct digest *digest);

/* Hashes FIRST and then SECOND, which may overlap OUT. false: libcrypto failed,
 * and OUT is as it was. */
bool digest_sha1(struct digest *digest, struct span first, struct span second,
    uint8_t out[DIGEST_SHA1_SIZE]) __attribute__((warn_unused_result));

#endif
