/* mac.c — AES-CMAC, and MD5 and SHA-1 with the key in front, of libcrypto. */
#include "core/mac.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>

/* What libcrypto calls an algorithm: a cipher or a digest. */
struct kind {
	const char *name;
	const char *cipher, *digest;
	size_t key_size, size;
};

static const struct kind kinds[MAC_TYPE_COUNT] = {
    [MAC_AES128] = {.name = "AES128",
        .cipher = "AES-128-CBC",
        .key_size = 16,
        .size = 16},
    [MAC_AES256] = {.name = "AES256",
        .cipher = "AES-256-CBC",
        .key_size = 32,
        .size = 16},
    [MAC_MD5] = {.name = "MD5", .digest = "MD5", .size = 16},
    [MAC_SHA1] = {.name = "SHA1", .digest = "SHA1", .size = 20},
};

struct mac {
	const struct kind *kind;
	EVP_MAC_CTX *cmac; /* of AES, under the key */
	EVP_MD *digest;    /* of the others, with what follows */
	EVP_MD_CTX *context;
	size_t key_len;
	uint8_t key[MAC_KEY_MAX];
};

const char *
mac_name(enum mac_type type)
{
	return kinds[type].name;
}

size_t
mac_size(enum mac_type type)
{
	return kinds[type].size;
}

size_t
mac_key_size(enum mac_type type)
{
	return kinds[type].key_size;
}

bool
mac_is_weak(enum mac_type type)
{
	return kinds[type].digest != NULL;
}

static bool
open_cmac(struct mac *mac, struct span key)
{
	char cipher[sizeof("AES-128-CBC")];
	EVP_MAC *algorithm = EVP_MAC_fetch(NULL, "CMAC", NULL);

	if (algorithm == NULL)
		return false;
	mac->cmac = EVP_MAC_CTX_new(algorithm);
	EVP_MAC_free(algorithm); /* the context has its own share of it */
	memcpy(cipher, mac->kind->cipher, strlen(mac->kind->cipher) + 1);
	const OSSL_PARAM parameters[] = {
	    OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher, 0),
	    OSSL_PARAM_construct_end(),
	};

	return mac->cmac != NULL &&
	       EVP_MAC_init(mac->cmac, key.data, key.len, parameters) == 1;
}

static bool
open_digest(struct mac *mac, struct span key)
{
	memcpy(mac->key, key.data, key.len);
	mac->key_len = key.len;
	mac->digest = EVP_MD_fetch(NULL, mac->kind->digest, NULL);
	mac->context = EVP_MD_CTX_new();
	return mac->digest != NULL && mac->context != NULL;
}

struct mac *
mac_open(enum mac_type type, struct span key)
{
	const struct kind *kind = &kinds[type];

	if (key.len == 0 || key.len > MAC_KEY_MAX ||
	    (kind->key_size != 0 && key.len != kind->key_size))
		return NULL;

	struct mac *mac = calloc(1, sizeof(*mac));

	if (mac == NULL)
		return NULL;
	mac->kind = kind;
	if (kind->cipher != NULL ? open_cmac(mac, key) : open_digest(mac, key))
		return mac;
	mac_close(mac);
	return NULL;
}

void
mac_close(struct mac *mac)
{
	if (mac == NULL)
		return;
	EVP_MAC_CTX_free(mac->cmac);
	EVP_MD_CTX_free(mac->context);
	EVP_MD_free(mac->digest);
	OPENSSL_cleanse(mac, sizeof(*mac));
	free(mac);
}

static bool
write_cmac(struct mac *mac, struct span message, uint8_t *out)
{
	size_t len = 0;

	/* Without a key: start anew under the last one. */
	return EVP_MAC_init(mac->cmac, NULL, 0, NULL) == 1 &&
	       EVP_MAC_update(mac->cmac, message.data, message.len) == 1 &&
	       EVP_MAC_final(mac->cmac, out, &len, mac->kind->size) == 1;
}

static bool
write_digest(struct mac *mac, struct span message, uint8_t *out)
{
	return EVP_DigestInit_ex2(mac->context, mac->digest, NULL) == 1 &&
	       EVP_DigestUpdate(mac->context, mac->key, mac->key_len) == 1 &&
	       EVP_DigestUpdate(mac->context, message.data, message.len) == 1 &&
	       EVP_DigestFinal_ex(mac->context, out, NULL) == 1;
}

size_t
mac_write(struct mac *mac, struct span message, uint8_t out[MAC_SIZE_MAX])
{
	bool is_written = mac->cmac != NULL ? write_cmac(mac, message, out)
	                                    : write_digest(mac, message, out);

	return is_written ? mac->kind->size : 0;
}

bool
mac_check(struct mac *mac, struct span message, struct span code)
{
	uint8_t right[MAC_SIZE_MAX];

	return code.len == mac->kind->size &&
	       mac_write(mac, message, right) == code.len &&
	       CRYPTO_memcmp(right, code.data, code.len) == 0;
}
