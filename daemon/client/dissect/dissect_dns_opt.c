/* dissect_dns_opt.c — the OPT record of EDNS. Pure. */
#include "client/dissect/dissect_dns_opt.h"

#include "client/dissect/dissect_dns_data.h"
#include "core/addr.h"
#include "core/bytes.h"
#include "services/dns/dns_code.h"
#include "services/dns/dns_text.h"
#include "services/dns/dns_wire.h"

#include <stdio.h>

static const char edns[] = "RFC 6891 §6.1.3";

enum {
	OPTION_CLIENT_SUBNET = 8,
	OPTION_PADDING = 12,
	CLIENT_COOKIE = 8, /* bytes (RFC 7873 §4) */
	FAMILY_IPV4 = 1,
	FAMILY_IPV6 = 2,
};

bool
dissect_dns_opt_fixed(struct dissect_dns_walk *walk)
{
	struct dissect *dissect = walk->dissect;
	uint64_t size, rcode, version, flags;

	if (!dissect_dns_walk_take(walk, walk->end, 2, "UDP size", &size))
		return false;
	dissect_field(dissect, STYLE_LENGTH, walk->at - 2, 2, "UDP size",
	    "RFC 6891 §6.1.2", "%u", (unsigned)size);
	dissect_means(dissect, "bytes by UDP that the sender takes");
	if (!dissect_dns_walk_take(
	        walk, walk->end, 1, "Extended RCODE", &rcode))
		return false;
	dissect_field(dissect, STYLE_FLAGS, walk->at - 1, 1, "Extended RCODE",
	    edns, "%u", (unsigned)rcode);
	const char *name =
	    dns_code_rcode((unsigned)rcode << 4 | (walk->flags & 15U));

	dissect_means(dissect, "with the header's RCODE: %s",
	    name == NULL ? "unknown" : name);
	if (!dissect_dns_walk_take(walk, walk->end, 1, "Version", &version))
		return false;
	dissect_field(dissect, STYLE_FLAGS, walk->at - 1, 1, "Version", edns,
	    "%u", (unsigned)version);
	dissect_means(dissect, "of EDNS");
	if (!dissect_dns_walk_take(walk, walk->end, 2, "EDNS flags", &flags))
		return false;
	bool is_dnssec_ok = (flags & DNS_OPT_DO) != 0;

	dissect_field(dissect, STYLE_FLAGS, walk->at - 2, 2, "EDNS flags",
	    "RFC 6891 §6.1.4", "DO=%d", is_dnssec_ok);
	dissect_part(dissect, "DO", "RFC 3225 §3", "%d", is_dnssec_ok);
	dissect_means(dissect, is_dnssec_ok ? "signatures are welcome"
	                                    : "no signatures are wanted");
	dissect_part(dissect, "Z", "RFC 6891 §6.1.4", "0x%04x",
	    (unsigned)(flags & (DNS_OPT_DO - 1)));
	return true;
}

/* The bytes up to END as text. */
static void
put_text(struct dissect_dns_walk *walk, size_t end, const char *name,
    const char *rfc)
{
	const char *text = (const char *)walk->dissect->bytes.data + walk->at;

	if (walk->at == end)
		return;
	dissect_field(walk->dissect, STYLE_DATA, walk->at, end - walk->at, name,
	    rfc, "%.*s", (int)(end - walk->at), text);
	walk->at = end;
}

static void
put_nsid(struct dissect_dns_walk *walk, size_t end)
{
	if (walk->at == end)
		return;
	size_t at = walk->at, len = end - at;

	dissect_dns_data_hex(walk, end, "NSID", "RFC 5001 §2.3");
	dissect_means(walk->dissect, "\"%.*s\"", (int)len,
	    (const char *)walk->dissect->bytes.data + at);
}

static void
put_cookie(struct dissect_dns_walk *walk, size_t end)
{
	size_t len = end - walk->at;

	if (len != CLIENT_COOKIE && (len < 16 || len > 40)) {
		dissect_bad(walk->dissect, walk->at, len, "Cookie",
		    "%zu bytes: it has 8, or 16 to 40 (RFC 7873 §4)", len);
		walk->at = end;
		return;
	}
	dissect_dns_data_hex(
	    walk, walk->at + CLIENT_COOKIE, "Client cookie", "RFC 7873 §4.1");
	if (walk->at < end)
		dissect_dns_data_hex(
		    walk, end, "Server cookie", "RFC 7873 §4.2");
}

static void
put_keepalive(struct dissect_dns_walk *walk, size_t end)
{
	uint64_t timeout;

	if (walk->at == end ||
	    !dissect_dns_walk_take(walk, end, 2, "TIMEOUT", &timeout))
		return;
	dissect_field(walk->dissect, STYLE_TTL, walk->at - 2, 2, "TIMEOUT",
	    "RFC 7828 §3.1", "%u", (unsigned)timeout);
	dissect_means(walk->dissect, "%u.%u s", (unsigned)timeout / 10,
	    (unsigned)timeout % 10);
}

static void
put_extended_error(struct dissect_dns_walk *walk, size_t end)
{
	uint64_t code;

	if (!dissect_dns_walk_take(walk, end, 2, "INFO-CODE", &code))
		return;
	const char *name = dns_code_extended_error((unsigned)code);

	dissect_field(walk->dissect, STYLE_DATA, walk->at - 2, 2, "INFO-CODE",
	    "RFC 8914 §2", "%u", (unsigned)code);
	if (name != NULL)
		dissect_means(walk->dissect, "%s", name);
	put_text(walk, end, "EXTRA-TEXT", "RFC 8914 §2");
}

static bool
put_subnet_number(struct dissect_dns_walk *walk, size_t end, size_t size,
    const char *name, uint64_t *value)
{
	if (!dissect_dns_walk_take(walk, end, size, name, value))
		return false;
	dissect_field(walk->dissect, STYLE_DATA, walk->at - size, size, name,
	    "RFC 7871 §6", "%u", (unsigned)*value);
	return true;
}

/* An address of which only the first bytes are sent. */
static void
put_subnet(struct dissect_dns_walk *walk, size_t end)
{
	uint64_t family, source, scope;
	uint8_t address[16] = {0};
	char out[ADDR_TEXT_MAX];
	struct dns_text text =
	    dns_text_open((struct space){(uint8_t *)out, sizeof(out)});

	if (!put_subnet_number(walk, end, 2, "FAMILY", &family) ||
	    !put_subnet_number(walk, end, 1, "SOURCE PREFIX-LENGTH", &source) ||
	    !put_subnet_number(walk, end, 1, "SCOPE PREFIX-LENGTH", &scope))
		return;
	size_t len = end - walk->at, size = family == FAMILY_IPV4 ? 4 : 16;

	if ((family != FAMILY_IPV4 && family != FAMILY_IPV6) || len > size) {
		if (len > 0)
			dissect_bad(walk->dissect, walk->at, len, "ADDRESS",
			    "not an address of its family");
		walk->at = end;
		return;
	}
	memcpy(address, walk->dissect->bytes.data + walk->at, len);
	if (family == FAMILY_IPV4)
		dns_text_ipv4(&text, address);
	else
		dns_text_ipv6(&text, address);
	dissect_field(walk->dissect, STYLE_DATA, walk->at, len, "ADDRESS",
	    "RFC 7871 §6", "%.*s/%u", (int)text.len, out, (unsigned)source);
	walk->at = end;
}

static void
put_padding(struct dissect_dns_walk *walk, size_t end)
{
	if (walk->at == end)
		return;
	dissect_field(walk->dissect, STYLE_NOTE, walk->at, end - walk->at,
	    "Padding", "RFC 7830 §3", "%zu bytes", end - walk->at);
	walk->at = end;
}

static void
put_option_data(struct dissect_dns_walk *walk, unsigned option, size_t end)
{
	if (option == DNS_OPTION_NSID)
		put_nsid(walk, end);
	else if (option == DNS_OPTION_COOKIE)
		put_cookie(walk, end);
	else if (option == DNS_OPTION_KEEPALIVE)
		put_keepalive(walk, end);
	else if (option == DNS_OPTION_EDE)
		put_extended_error(walk, end);
	else if (option == OPTION_CLIENT_SUBNET)
		put_subnet(walk, end);
	else if (option == OPTION_PADDING)
		put_padding(walk, end);
	else if (walk->at < end)
		dissect_dns_data_hex(
		    walk, end, "OPTION-DATA", "RFC 6891 §6.1.2");
	if (walk->at < end)
		dissect_bad(walk->dissect, walk->at, end - walk->at,
		    "OPTION-DATA", "bytes behind its last field");
	walk->at = end;
}

static bool
put_option(struct dissect_dns_walk *walk, size_t end)
{
	static const char rfc[] = "RFC 6891 §6.1.2";
	uint64_t option, len;

	if (!dissect_dns_walk_take(walk, end, 2, "OPTION-CODE", &option))
		return false;
	const char *name = dns_code_option((unsigned)option);

	dissect_field(walk->dissect, STYLE_TYPE, walk->at - 2, 2, "OPTION-CODE",
	    rfc, "%u", (unsigned)option);
	dissect_means(walk->dissect, "%s", name == NULL ? "unknown" : name);
	if (!dissect_dns_walk_take(walk, end, 2, "OPTION-LENGTH", &len))
		return false;
	dissect_field(walk->dissect, STYLE_LENGTH, walk->at - 2, 2,
	    "OPTION-LENGTH", rfc, "%u", (unsigned)len);
	if (len > end - walk->at) {
		dissect_bad(walk->dissect, walk->at, end - walk->at,
		    "OPTION-DATA", "truncated: %zu of %u bytes are there",
		    end - walk->at, (unsigned)len);
		walk->at = end;
		return false;
	}
	put_option_data(walk, (unsigned)option, walk->at + len);
	return true;
}

/* A group "Option COOKIE". */
static void
enter_option(struct dissect_dns_walk *walk, size_t end)
{
	const uint8_t *code = walk->dissect->bytes.data + walk->at;

	dissect_enter(walk->dissect, DISSECT_GROUP, walk->at, 0, "Option",
	    "RFC 6891 §6.1.2");
	if (end - walk->at < 2)
		return;
	const char *name = dns_code_option(bytes_get16be(code));

	if (name != NULL)
		dissect_heading(walk->dissect, "%s", name);
	else
		dissect_heading(walk->dissect, "%u", bytes_get16be(code));
}

void
dissect_dns_opt(struct dissect_dns_walk *walk, size_t end)
{
	bool is_whole = true;

	while (is_whole && walk->at < end) {
		enter_option(walk, end);
		is_whole = put_option(walk, end);
		dissect_leave(walk->dissect);
	}
}
