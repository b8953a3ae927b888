/* digest.c — SHA-1 of libcrypto. */
#include "core/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct digest {
	EVP_MD *sha1;
	EVP_MD_CTX *context;
};

struct digest *
digest_open(void)
{
	struct digest *digest = calloc(1, sizeof(*digest));

	if (digest == NULL)
		return NULL;
	/* Fetched once: an implicit fetch takes longer than the hash. */
	digest->sha1 = EVP_MD_fetch(NULL, "SHA1", NULL);
	digest->context = EVP_MD_CTX_new();
	if (digest->sha1 != NULL && digest->context != NULL)
		return digest;
	digest_close(digest);
	return NULL;
}

void
digest_close(struct digest *digest)
{
	if (digest == NULL)
		return;
	EVP_MD_CTX_free(digest->context);
	EVP_MD_free(digest->sha1);
	free(digest);
}

bool
digest_sha1(struct digest *digest, struct span first, struct span second,
    uint8_t out[DIGEST_SHA1_SIZE])
{
	return EVP_DigestInit_ex2(digest->context, digest->sha1, NULL) == 1 &&
	       EVP_DigestUpdate(digest->context, first.data, first.len) == 1 &&
	       EVP_DigestUpdate(digest->context, second.data, second.len) ==
	           1 &&
	       EVP_DigestFinal_ex(digest->context, out, NULL) == 1;
}
