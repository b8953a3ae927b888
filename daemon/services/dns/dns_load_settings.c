/* dns_load_settings.c — see dns_load_settings.h. */
#include "services/dns/dns_load_settings.h"

#include "services/dns/dns_load_cookie.h"

#include <stdlib.h>
#include <string.h>

enum { TCP_TIMEOUT_MAX = 3600 }; /* seconds */

/* The text of KEY, as it stands. */
static void
read_text(
    struct service_load *load, const char *key, struct dns_settings_text *out)
{
	const char *value = cfg_getstr(load->section, key);
	size_t len = value == NULL ? 0 : strlen(value);

	if (value == NULL)
		return;
	if (len == 0)
		conf_key_tell(service_load_key(load, key),
		    "is empty: leave it out to say nothing");
	else if (len > DNS_SETTINGS_TEXT_MAX)
		conf_key_tell(
		    service_load_key(load, key), "is longer than 255 bytes");
	else {
		out->len = (uint8_t)len;
		memcpy(out->bytes, value, len);
	}
}

/* An NSID can be of any bytes (RFC 5001 §2.3): 0x… writes them. */
static void
read_nsid(struct service_load *load, struct dns_settings_text *out)
{
	const char *value = cfg_getstr(load->section, "nsid");
	size_t count;

	if (value == NULL || strncmp(value, "0x", 2) != 0) {
		read_text(load, "nsid", out);
		return;
	}
	count = strspn(value + 2, "0123456789abcdefABCDEF");
	if (count == 0 || count % 2 != 0 || value[2 + count] != '\0')
		conf_key_tell(service_load_key(load, "nsid"),
		    "begins with 0x, but is not pairs of hexadecimal digits");
	else if (count / 2 > DNS_SETTINGS_TEXT_MAX)
		conf_key_tell(
		    service_load_key(load, "nsid"), "is longer than 255 bytes");
	else {
		out->len = (uint8_t)(count / 2);
		dns_load_cookie_bytes(value + 2, out->bytes, count / 2);
	}
}

static void
read_timeout(struct service_load *load, struct dns_settings *out)
{
	uint32_t seconds = conf_key_number(
	    service_load_key(load, "tcp_timeout"), 1, TCP_TIMEOUT_MAX);

	out->tcp_timeout_ms = seconds * 1000;
}

void
dns_load_settings(struct service_load *load, struct dns_settings *out)
{
	const struct dns_catalog *old = dns_catalog_of(load->old);

	read_timeout(load, out);
	read_nsid(load, &out->nsid);
	read_text(load, "server_id", &out->server);
	read_text(load, "version", &out->version);
	out->is_wire_logged =
	    cfg_getbool(load->section, "log_wire") == cfg_true;
	out->are_cookies_required =
	    cfg_getbool(load->section, "require_cookies") == cfg_true;
	if (out->are_cookies_required &&
	    cfg_getbool(load->section, "cookies") == cfg_false)
		conf_key_tell(service_load_key(load, "require_cookies"),
		    "needs 'cookies' to be on");
	dns_load_cookie(load, old == NULL ? NULL : &old->settings, out);
}
