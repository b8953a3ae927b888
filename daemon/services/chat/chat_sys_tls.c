/* chat_sys_tls.c — how the chat trusts its broker. */
#include "services/chat/chat_sys_tls.h"

#include "services/chat/chat_pem.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <stdlib.h>

/* A stream of what FILE holds; NULL: no memory. */
static BIO *
open_text(struct span part, const struct chat_broker_file *file)
{
	return BIO_new_mem_buf(part.data + file->at, (int)file->len);
}

/* All certificates of the file; how many they are. */
static unsigned
trust(SSL_CTX *tls, struct span part, const struct chat_broker_file *file)
{
	X509_STORE *store = SSL_CTX_get_cert_store(tls);
	BIO *text = open_text(part, file);
	unsigned count = 0;
	X509 *cert;

	while ((cert = chat_pem_certificate(text)) != NULL) {
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
	X509 *cert = chat_pem_certificate(text);
	bool is_used = cert != NULL && SSL_CTX_use_certificate(tls, cert) == 1;

	X509_free(cert);
	while (is_used && (cert = chat_pem_certificate(text)) != NULL)
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
	EVP_PKEY *key = chat_pem_key(text);
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

static struct chat_sys_tls *
tls_of(const SSL *ssl)
{
	return SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), 0);
}

/*
 * libmosquitto names the address that it was told to connect to, which is no
 * name (RFC 6066 §3: "Literal IPv4 and IPv6 addresses are not permitted"). This
 * is called before the first message is made.
 */
static void
name_host(const SSL *ssl, int where, int result)
{
	const struct chat_broker *broker = tls_of(ssl)->broker;
	/* OpenSSL's functions do not say that they copy it. */
	char *name =
	    broker->is_address ? NULL : (char *)(uintptr_t)broker->host;

	(void)result;
	if ((where & SSL_CB_HANDSHAKE_START) != 0)
		(void)SSL_set_tlsext_host_name((SSL *)(uintptr_t)ssl, name);
}

/* Remembers what is wrong: libmosquitto lets go of the rest. */
static int
note_fault(int is_good, X509_STORE_CTX *store)
{
	const SSL *ssl = X509_STORE_CTX_get_ex_data(
	    store, SSL_get_ex_data_X509_STORE_CTX_idx());

	if (!is_good)
		tls_of(ssl)->fault = X509_STORE_CTX_get_error(store);
	return is_good;
}

static const char *
set_up(struct chat_sys_tls *tls, struct span part)
{
	const struct chat_broker *broker = tls->broker;
	SSL_CTX *context = tls->context;

	if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
	    SSL_CTX_set_ex_data(context, 0, tls) != 1 ||
	    !expect_host(context, broker))
		return "out of memory";
	SSL_CTX_set_verify(context, SSL_VERIFY_PEER, note_fault);
	SSL_CTX_set_info_callback(context, name_host);
	/* libmosquitto writes from wherever its packet lies. */
	SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE |
	                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
	                              SSL_MODE_RELEASE_BUFFERS);
	if (trust(context, part, &broker->ca) == 0)
		return "no CA certificate can be used";
	if (broker->cert.len != 0 &&
	    !use_certificates(context, part, &broker->cert))
		return "the certificate in broker_cert cannot be used";
	if (broker->key.len != 0 && !use_key(context, part, &broker->key))
		return "the key in broker_key is not that of broker_cert";
	return NULL;
}

struct chat_sys_tls *
chat_sys_tls_open(
    const struct chat_broker *broker, struct span part, const char **why)
{
	struct chat_sys_tls *tls = calloc(1, sizeof(*tls));

	*why = "out of memory";
	if (tls == NULL)
		return NULL;
	tls->broker = broker;
	tls->context = SSL_CTX_new(TLS_client_method());
	if (tls->context != NULL)
		*why = set_up(tls, part);
	/* What the end of a file left there is nobody's error. */
	ERR_clear_error();
	if (*why == NULL)
		return tls;
	chat_sys_tls_close(tls);
	return NULL;
}

void
chat_sys_tls_close(struct chat_sys_tls *tls)
{
	if (tls == NULL)
		return;
	SSL_CTX_free(tls->context);
	free(tls);
}

const char *
chat_sys_tls_fault(struct chat_sys_tls *tls)
{
	int fault = tls->fault;

	tls->fault = X509_V_OK;
	return fault == X509_V_OK ? "no TLS with it"
	                          : X509_verify_cert_error_string(fault);
}
