/*
 * chat_pem.h — what a PEM file (RFC 7468) of a broker's TLS holds. Nobody is
 * there to type a password: an encrypted key is no key. Loader, and CHAT
 * WORKER.
 */
#ifndef NETLAB_SERVICES_CHAT_PEM_H
#define NETLAB_SERVICES_CHAT_PEM_H

#include <openssl/pem.h>

/* What OpenSSL takes for a password in place of asking the terminal. */
static inline void *
chat_pem_no_password(void)
{
	static char none[] = "";

	return none;
}

/* The next certificate of TEXT, the caller's to free; NULL: there is none, or
 * TEXT is NULL. */
static inline X509 *
chat_pem_certificate(BIO *text)
{
	return text == NULL ? NULL
	                    : PEM_read_bio_X509_AUX(
	                          text, NULL, NULL, chat_pem_no_password());
}

/* The next private key, likewise. */
static inline EVP_PKEY *
chat_pem_key(BIO *text)
{
	return text == NULL ? NULL
	                    : PEM_read_bio_PrivateKey(
	                          text, NULL, NULL, chat_pem_no_password());
}

#endif
