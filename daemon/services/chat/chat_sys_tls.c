/* chat_sys_tls.c — how the chat trusts its broker. */
#include "services/chat/chat_sys_tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdint.h>

/* A stream of what FILE holds; NULL: no memory. */
static BIO *
open_text(struct span part, const struct chat_broker_file *file)
{
	return BIO_new_mem_buf(part.data + file->at, (int)file->len);
}

/* Nobody is there to type a password: an encrypted key is no key. */
static int
no_password(char *buffer, int size, int is_writing, void *context)
{
	(void)buffer;
	(void)size;
	(void)is_writing;
	(void)context;
	return -1;
}

/* All certificates of the file; how many they are. */
static unsigned
trust(SSL_CTX *tls, struct span part, const struct chat_broker_file *file)
{
	X509_STORE *store = SSL_CTX_get_cert_store(tls);
	BIO *text = open_text(part, file);
	unsigned count = 0;
	X509 *cert;

	while (text != NULL && (cert = PEM_read_bio_X509_AUX(
	                            text, NULL, no_password, NULL)) != NULL) {
		count += X509_STORE_add_cert(store, cert) == 1;
		X509_free(cert);
	}
	BIO_free(text);
	return count;
}

/* Our own certificate, which comes first in its file, and those that vouch for
 * it. */
static bool
use_certificates(
    SSL_CTX *tls, struct span part, const struct chat_broker_file *file)
{
	BIO *text = open_text(part, file);
	X509 *cert = text == NULL
	                 ? NULL
	                 : PEM_read_bio_X509_AUX(text, NULL, no_password, NULL);
	bool is_used = cert != NULL && SSL_CTX_use_certificate(tls, cert) == 1;

	X509_free(cert);
	while (is_used && (cert = PEM_read_bio_X509(
	                       text, NULL, no_password, NULL)) != NULL)
		if (SSL_CTX_add0_chain_cert(tls, cert) != 1) {
			X509_free(cert);
			is_used = false;
		}
	BIO_free(text);
	return is_used;
}

static bool
use_key(SSL_CTX *tls, struct span part, const struct chat_broker_file *file)
{
	BIO *text = open_text(part, file);
	EVP_PKEY *key = text == NULL ? NULL
	                             : PEM_read_bio_PrivateKey(
	                                   text, NULL, no_password, NULL);
	bool is_used = key != NULL && SSL_CTX_use_PrivateKey(tls, key) == 1 &&
	               SSL_CTX_check_private_key(tls) == 1;

	EVP_PKEY_free(key);
	BIO_free(text);
	return is_used;
}

/* The broker's certificate is for its name, or its address. */
static bool
expect_host(SSL_CTX *tls, const struct chat_broker *broker)
{
	X509_VERIFY_PARAM *param = SSL_CTX_get0_param(tls);

	X509_VERIFY_PARAM_set_hostflags(
	    param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
	if (broker->is_address)
		return X509_VERIFY_PARAM_set1_ip_asc(param, broker->host) == 1;
	return X509_VERIFY_PARAM_set1_host(param, broker->host, 0) == 1;
}

/*
 * libmosquitto names the address that it was told to connect to, which is no
 * name (RFC 6066 §3: "Literal IPv4 and IPv6 addresses are not permitted"). This
 * is called before the first message is made.
 */
static void
name_host(const SSL *ssl, int where, int result)
{
	const struct chat_broker *broker =
	    SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0);
	/* OpenSSL's functions do not say that they copy it. */
	char *name =
	    broker->is_address ? NULL : (char *)(uintptr_t)broker->host;

	(void)result;
	if ((where & SSL_CB_HANDSHAKE_START) != 0)
		(void)SSL_set_tlsext_host_name((SSL *)(uintptr_t)ssl, name);
}

static const char *
set_up(SSL_CTX *tls, const struct chat_broker *broker, struct span part)
{
	if (SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) != 1 ||
	    SSL_CTX_set_ex_data(tls, 0, (void *)(uintptr_t)broker) != 1 ||
	    !expect_host(tls, broker))
		return "out of memory";
	SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, NULL);
	SSL_CTX_set_info_callback(tls, name_host);
	/* libmosquitto writes from wherever its packet lies. */
	SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE |
	                          SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
	                          SSL_MODE_RELEASE_BUFFERS);
	if (trust(tls, part, &broker->ca) == 0)
		return "no CA certificate can be used";
	if (broker->cert.len != 0 &&
	    !use_certificates(tls, part, &broker->cert))
		return "the certificate in broker_cert cannot be used";
	if (broker->key.len != 0 && !use_key(tls, part, &broker->key))
		return "the key in broker_key is not that of broker_cert";
	return NULL;
}

SSL_CTX *
chat_sys_tls_open(
    const struct chat_broker *broker, struct span part, const char **why)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_client_method());

	*why = tls == NULL ? "out of memory" : set_up(tls, broker, part);
	/* What the end of a file left there is nobody's error. */
	ERR_clear_error();
	if (*why == NULL)
		return tls;
	SSL_CTX_free(tls);
	return NULL;
}
