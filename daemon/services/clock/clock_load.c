/* clock_load.c — the keys of the time section that are the clock room's. */
#include "services/clock/clock_load.h"

#include "core/ntp_header.h"
#include "services/clock/clock_settings.h"

#include <string.h>

enum {
	/* Of a clock of which nothing else is known. 10 is what chrony takes
	 * for its local reference: good enough to be used, worse than any
	 * server that knows. */
	STRATUM_DEFAULT = 10,
	/* timesyncd's own servers are mostly milliseconds away. */
	DISPERSION_MIN_MS = 5,
	DISPERSION_MIN_MS_MAX = 1000, /* from here on, clients go elsewhere */
	REFID_MAX = 4,                /* characters */
};

cfg_opt_t clock_load_options[] = {
    CFG_STR("mirror", NULL, CFGF_NODEFAULT),
    CFG_INT("stratum", 0, CFGF_NODEFAULT),
    CFG_INT("local_stratum", 0, CFGF_NODEFAULT),
    CFG_STR("refid", NULL, CFGF_NODEFAULT),
    CFG_INT("root_dispersion_min", DISPERSION_MIN_MS, CFGF_NONE),
    CFG_END(),
};

/* The number of the key NAME; 0: the file does not say, or says what it cannot
 * be. */
static uint8_t
read_stratum(const struct service_load *load, const char *name)
{
	struct conf_key key = service_load_key(load, name);
	uint32_t stratum;

	if (conf_key_line(key) == 0)
		return 0;
	stratum = conf_key_number(key, 1, NTP_HEADER_STRATUM_MAX);
	/* Not 1 in place of what was wrong: that would want a refid. */
	return cfg_getint(load->section, name) == (long)stratum
	           ? (uint8_t)stratum
	           : 0;
}

/* RFC 5905 §7.3: one to four ASCII characters, zeros behind them. */
static uint32_t
read_refid(const struct service_load *load)
{
	const char *text = cfg_getstr(load->section, "refid");
	size_t len = strlen(text);
	uint32_t refid = 0;

	for (size_t i = 0; i < REFID_MAX; i++)
		refid = refid << 8 | (i < len ? (uint8_t)text[i] : 0);
	for (size_t i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] > '~')
			len = 0;
	if (len == 0 || len > REFID_MAX)
		conf_key_tell(service_load_key(load, "refid"),
		    "is one to four printable ASCII characters, such as "
		    "\"GPS\"");
	return refid;
}

/* Stratum 1 names its source; other strata have nothing to name. */
static void
read_claim(const struct service_load *load, struct clock_settings *out)
{
	bool has_refid = conf_key_line(service_load_key(load, "refid")) != 0;

	out->stratum = read_stratum(load, "stratum");
	out->local_stratum = read_stratum(load, "local_stratum");
	/* A mirror's may be 1. */
	if (has_refid && out->stratum != 1 && out->local_stratum != 1 &&
	    conf_key_line(service_load_key(load, "mirror")) == 0)
		conf_key_tell(
		    service_load_key(load, "refid"), "is for stratum 1 alone");
	if (!has_refid && out->stratum == 1)
		conf_key_tell(service_load_key(load, "stratum"),
		    "1 needs 'refid', the source's name");
	if (!has_refid && out->local_stratum == 1)
		conf_key_tell(service_load_key(load, "local_stratum"),
		    "1 needs 'refid', the source's name");
	if (has_refid)
		out->refid = read_refid(load);
	/* What is good enough to be declared while nobody keeps the clock is
	 * not worse while somebody does. */
	if (out->stratum == 0)
		out->stratum = out->local_stratum;
	if (out->stratum == 0)
		out->stratum = STRATUM_DEFAULT;
}

static void
read_dispersion(const struct service_load *load, struct clock_settings *out)
{
	uint32_t ms =
	    conf_key_number(service_load_key(load, "root_dispersion_min"), 0,
	        DISPERSION_MIN_MS_MAX);

	out->dispersion_min_ns = (uint64_t)ms * 1000000;
}

static bool
is_loopback(const struct addr *addr)
{
	if (addr->any.sa_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(&addr->in6.sin6_addr) != 0;
	return ntohl(addr->in4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

/* Whether a datagram to ADDR would come to OWN, where we listen. */
static bool
is_own(const struct addr *own, const struct addr *addr)
{
	return addr_is_equal(own, addr) ||
	       (addr_is_wildcard(own) && addr_port(own) == addr_port(addr) &&
	           own->any.sa_family == addr->any.sa_family);
}

/* Where a mirror is one of our own NTP addresses, all that we know of the clock
 * is what we have said of it. */
static bool
is_ourselves(const struct service_load *load, const struct addr *addr)
{
	for (unsigned i = 0; i < cfg_size(load->section, "ntp"); i++) {
		struct addr own;
		const char *text = cfg_getnstr(load->section, "ntp", i);

		/* What is wrong with it, is told of that key. */
		if (addr_parse(text, &own) == NULL && is_own(&own, addr))
			return true;
	}
	return false;
}

static void
read_mirror(const struct service_load *load, struct clock_settings *out)
{
	const char *text = cfg_getstr(load->section, "mirror");
	const char *wrong;
	struct addr addr;

	if (text == NULL)
		return;
	wrong = addr_parse(text, &addr);
	if (wrong != NULL)
		conf_error(conf_report(load->conf), conf_file(load->conf),
		    conf_key_line(service_load_key(load, "mirror")),
		    "'mirror': \"%s\": %s", text, wrong);
	else if (!is_loopback(&addr))
		conf_key_tell(service_load_key(load, "mirror"),
		    "is a server on this host, 127.0.0.1:PORT or [::1]:PORT: "
		    "another host's clock is not the one that is told here");
	else if (is_ourselves(load, &addr))
		conf_key_tell(service_load_key(load, "mirror"),
		    "is an address of 'ntp' itself");
	else
		out->mirror = addr;
}

void
clock_load(struct service_load *load)
{
	size_t at = image_writer_reserve(load->image,
	    sizeof(struct clock_settings), _Alignof(struct clock_settings));
	struct clock_settings *out;

	if (at == SIZE_MAX) {
		conf_error(conf_report(load->conf), conf_file(load->conf), 0,
		    "out of memory");
		return;
	}
	out = image_writer_at(load->image, at);
	read_claim(load, out);
	read_dispersion(load, out);
	read_mirror(load, out);
}
