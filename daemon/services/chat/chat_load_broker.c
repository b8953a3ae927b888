/* chat_load_broker.c — the keys of the lab section that concern the broker. */
#include "services/chat/chat_load_broker.h"

#include "services/chat/chat_load_file.h"
#include "services/chat/chat_load_url.h"
#include "services/chat/chat_pem.h"
#include "services/chat/chat_remote_text.h"

#include <openssl/err.h>
#include <string.h>
#include <unistd.h>

enum {
	/* mosquitto looks every 5 seconds who is silent; see chat_sys_mqtt.c.
	 */
	KEEPALIVE_LEAST = 10,
	KEEPALIVE_MOST = 3600,
};

/* Where Debian has all CAs that it trusts, in one file. */
static const char system_ca[] = "/etc/ssl/certs/ca-certificates.crt";

/* ------------------------------------------------------------ the password */

/* The first line of a file, which is all that there is in it. */
static void
read_password(struct service_load *load, struct chat_broker *out)
{
	struct chat_load_file file = {
	    .load = load, .key = "broker_password_file", .is_secret = true};
	const char *name = cfg_getstr(load->section, file.key);

	if (name == NULL)
		return;
	if (*out->user == '\0')
		conf_key_tell(service_load_key(load, file.key),
		    "needs 'broker_user' as well");
	if (chat_load_file_open(&file, name)) {
		size_t len = strcspn(file.text.text, "\r\n");

		if (len == 0)
			chat_load_file_tell(
			    &file, "there is no password in it");
		else if (len >= sizeof(out->password) ||
		         strlen(file.text.text) != file.text.len ||
		         strspn(file.text.text + len, "\r\n") !=
		             file.text.len - len)
			chat_load_file_tell(&file,
			    "a password is one line of at most 255 bytes");
		else
			memcpy(out->password, file.text.text, len);
	}
	chat_load_file_close(&file);
}

/* ------------------------------------------------------------ certificates */

static bool
has_certificate(BIO *text)
{
	X509 *cert = chat_pem_certificate(text);

	X509_free(cert);
	return cert != NULL;
}

static bool
has_key(BIO *text)
{
	EVP_PKEY *key = chat_pem_key(text);

	EVP_PKEY_free(key);
	return key != NULL;
}

/* The file that KEY names, or NAME where it names none: with what HAS finds in
 * it, or FAULT. */
static struct chat_broker_file
read_pem(struct service_load *load, const char *key, const char *name,
    bool (*has)(BIO *text), const char *fault)
{
	struct chat_load_file file = {
	    .load = load, .key = key, .is_secret = has == has_key};
	struct chat_broker_file out = {0};

	if (conf_key_line(service_load_key(load, key)) != 0)
		name = cfg_getstr(load->section, key);
	if (name != NULL && chat_load_file_open(&file, name)) {
		BIO *text = BIO_new_mem_buf(file.text.text, (int)file.text.len);

		if (text != NULL && has(text))
			out = chat_load_file_append(&file);
		else
			chat_load_file_tell(&file, fault);
		BIO_free(text);
		ERR_clear_error();
	}
	chat_load_file_close(&file);
	return out;
}

static void
read_tls(struct service_load *load, struct chat_broker *out)
{
	static const char *const keys[] = {
	    "broker_ca", "broker_cert", "broker_key"};
	const char *no_cert = "there is no certificate in it (PEM)";

	for (size_t i = 0; !out->is_tls && i < sizeof(keys) / sizeof(keys[0]);
	     i++)
		if (conf_key_line(service_load_key(load, keys[i])) != 0)
			conf_key_tell(service_load_key(load, keys[i]),
			    "is for a broker by TLS: \"mqtts://...\"");
	if (!out->is_tls)
		return;
	if ((conf_key_line(service_load_key(load, "broker_cert")) != 0) !=
	    (conf_key_line(service_load_key(load, "broker_key")) != 0))
		conf_key_tell(service_load_key(load, "broker"),
		    "needs both of 'broker_cert' and 'broker_key', or none");
	out->ca =
	    read_pem(load, "broker_ca", system_ca, has_certificate, no_cert);
	out->cert =
	    read_pem(load, "broker_cert", NULL, has_certificate, no_cert);
	out->key = read_pem(load, "broker_key", NULL, has_key,
	    "there is no private key in it (PEM, without a password)");
}

/* --------------------------------------------------------------- the names */

/* Copies the value of KEY to OUT, SIZE bytes with its NUL. */
static void
read_text(struct service_load *load, const char *key, char *out, size_t size)
{
	const char *value = cfg_getstr(load->section, key);
	size_t len = value == NULL ? 0 : strlen(value);

	if (len >= size)
		conf_key_tell(service_load_key(load, key), "is too long");
	else if (len != 0)
		memcpy(out, value, len);
}

/* What this host is called, where nobody says how: as it calls itself, whatever
 * is unfit left out. */
static void
read_node(struct service_load *load, struct chat_broker *out)
{
	char host[CHAT_BROKER_NODE_MAX] = "";
	size_t len = 0;

	read_text(load, "broker_node", out->node, sizeof(out->node));
	if (conf_key_line(service_load_key(load, "broker_node")) == 0) {
		(void)gethostname(host, sizeof(host) - 1);
		for (const char *p = host; *p != '\0'; p++)
			if (chat_remote_text_is_node(
			        (struct span){(const uint8_t *)p, 1}))
				out->node[len++] = *p;
		out->node[len] = '\0';
	}
	if (!chat_remote_text_is_node(
	        (struct span){(const uint8_t *)out->node, strlen(out->node)}))
		conf_key_tell(service_load_key(load, "broker_node"),
		    "is a name of letters, digits, '-', '_' and '.', 63 at "
		    "most");
}

/* MQTT 5 §4.7: topics have levels, and wildcards for them. */
static void
read_prefix(struct service_load *load, struct chat_broker *out)
{
	const char *prefix = out->prefix;
	size_t len;

	read_text(load, "broker_prefix", out->prefix, sizeof(out->prefix));
	len = strlen(prefix);
	for (size_t i = 0; i < len; i++)
		if (prefix[i] <= ' ' || prefix[i] > '~')
			len = 0;
	if (len == 0 || prefix[0] == '$' || prefix[0] == '/' ||
	    prefix[len - 1] == '/' || strpbrk(prefix, "+#") != NULL)
		conf_key_tell(service_load_key(load, "broker_prefix"),
		    "is the beginning of a topic, such as \"netlabd\" or "
		    "\"site/netlabd\", without + and #");
}

/* What says something about a broker that is not named. */
static void
check_unused(struct service_load *load)
{
	static const char *const keys[] = {"broker_user",
	    "broker_password_file", "broker_ca", "broker_cert", "broker_key",
	    "broker_node", "broker_prefix", "broker_keepalive"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (conf_key_line(service_load_key(load, keys[i])) != 0)
			conf_key_tell(service_load_key(load, keys[i]),
			    "needs 'broker' as well");
}

struct chat_broker
chat_load_broker(struct service_load *load)
{
	const char *url = cfg_getstr(load->section, "broker");
	struct chat_broker out = {0};
	const char *fault;

	if (url == NULL) {
		check_unused(load);
		return out;
	}
	fault = chat_load_url(url, &out);
	if (fault != NULL)
		conf_key_tell(service_load_key(load, "broker"), fault);
	read_text(load, "broker_user", out.user, sizeof(out.user));
	read_node(load, &out);
	read_prefix(load, &out);
	out.keepalive =
	    conf_key_number(service_load_key(load, "broker_keepalive"),
	        KEEPALIVE_LEAST, KEEPALIVE_MOST);
	read_password(load, &out);
	if (fault == NULL)
		read_tls(load, &out);
	return out;
}
