/* loader_listen.c — where services listen, and who may speak for others. */
#include "loader/loader_listen.h"
#include "core/conf_key.h"

#include <arpa/inet.h>

/* Where an address stands in the file. */
struct origin {
	const struct conf *conf;
	const struct endpoint *endpoint;
	unsigned index; /* of the service in its table */
	unsigned line;
	const char *text;
};

static void
complain(const struct origin *origin, const char *fault)
{
	conf_error(conf_report(origin->conf), conf_file(origin->conf),
	    origin->line, "'%s': \"%s\": %s", origin->endpoint->key,
	    origin->text, fault);
}

static const struct settings_listen *
find_listen(const struct settings *settings, const struct addr *addr,
    enum transport transport)
{
	for (uint32_t i = 0; i < settings->listen_count; i++) {
		const struct settings_listen *listen = &settings->listens[i];

		if (listen->transport == transport &&
		    addr_is_equal(&listen->addr, addr))
			return listen;
	}
	return NULL;
}

/* What forbids to bind ADDR although it is well written, or NULL. */
static const char *
addr_fault(const struct addr *addr)
{
	if (addr->any.sa_family == AF_INET6) {
		if (IN6_IS_ADDR_V4MAPPED(&addr->in6.sin6_addr))
			return "an IPv4 address is written like 127.0.0.1:80";
		if (IN6_IS_ADDR_MULTICAST(&addr->in6.sin6_addr))
			return "a multicast address cannot be listened on";
		return NULL;
	}
	uint32_t host = ntohl(addr->in4.sin_addr.s_addr);

	if (IN_MULTICAST(host) || host == INADDR_BROADCAST)
		return "a multicast or broadcast address cannot be listened on";
	return NULL;
}

/* ADDR with one transport; there is room. False: used already (told). */
static bool
add_listen(const struct origin *origin, const struct addr *addr,
    enum transport transport, struct settings *settings)
{
	const struct settings_listen *twin =
	    find_listen(settings, addr, transport);

	if (twin != NULL) {
		conf_error(conf_report(origin->conf), conf_file(origin->conf),
		    origin->line, "'%s': \"%s\" is already used on line %u",
		    origin->endpoint->key, origin->text, (unsigned)twin->line);
		return false;
	}
	settings->listens[settings->listen_count++] = (struct settings_listen){
	    .addr = *addr,
	    .service = (uint8_t)origin->index,
	    .transport = (uint8_t)transport,
	    .is_proxied = origin->endpoint->is_proxied,
	    .line = origin->line,
	};
	return true;
}

static void
add_address(const struct origin *origin, struct settings *settings)
{
	struct addr addr;
	const char *fault = addr_parse(origin->text, &addr);

	if (fault == NULL)
		fault = addr_fault(&addr);
	if (fault != NULL) {
		complain(origin, fault);
		return;
	}
	for (unsigned i = TRANSPORT_UDP; i <= TRANSPORT_TCP; i++)
		if ((origin->endpoint->transports & 1u << i) != 0 &&
		    !add_listen(origin, &addr, (enum transport)i, settings))
			return;
}

static bool
has_key(const struct conf *conf, cfg_t *section, const char *key)
{
	return conf_line(conf, section, key, CONF_KEY) != 0;
}

/* Where addresses of ENDPOINT stand in the file, there have to be proxies:
 * from anybody else a header is a lie about who is asking. */
static void
want_proxies(const struct origin *first, cfg_t *section)
{
	if (!first->endpoint->is_proxied || cfg_size(section, "proxy_from") > 0)
		return;
	/* A wrong value has been told already. */
	if (has_key(first->conf, section, "proxy_from") &&
	    conf_report(first->conf)->errors > 0)
		return;
	conf_error(conf_report(first->conf), conf_file(first->conf),
	    first->line,
	    "'%s' needs 'proxy_from': the addresses of the proxies that are "
	    "believed, like { \"127.0.0.1\", \"10.0.0.0/8\" }",
	    first->endpoint->key);
}

/* False: there are too many (told). */
static bool
endpoint_addresses(
    struct origin origin, cfg_t *section, struct settings *settings)
{
	const char *key = origin.endpoint->key;
	unsigned count = cfg_size(section, key);
	unsigned each =
	    (unsigned)__builtin_popcount(origin.endpoint->transports);

	for (unsigned i = 0; i < count; i++) {
		origin.line = conf_line(origin.conf, section, key, i);
		origin.text = cfg_getnstr(section, key, i);
		if (i == 0)
			want_proxies(&origin, section);
		if (settings->listen_count + each > SETTINGS_LISTEN_MAX) {
			conf_error(conf_report(origin.conf),
			    conf_file(origin.conf), origin.line,
			    "too many addresses: at most %d in the whole "
			    "file, UDP and TCP counted apart",
			    SETTINGS_LISTEN_MAX);
			return false;
		}
		add_address(&origin, settings);
	}
	return true;
}

const struct endpoint *
loader_listen_endpoint(
    const struct conf *conf, cfg_t *section, const struct service *service)
{
	for (size_t i = 0; i < SERVICE_ENDPOINT_MAX; i++) {
		const struct endpoint *endpoint = &service->listen[i];

		if (endpoint->key != NULL &&
		    has_key(conf, section, endpoint->key))
			return endpoint;
	}
	return NULL;
}

bool
loader_listen_service(const struct conf *conf, const struct service *service,
    unsigned index, struct settings *settings)
{
	cfg_t *section =
	    cfg_getsec(conf_root(conf), settings_role_section(service->role));

	for (size_t i = 0; i < SERVICE_ENDPOINT_MAX; i++) {
		const struct origin origin = {
		    .conf = conf,
		    .endpoint = &service->listen[i],
		    .index = index,
		};

		if (origin.endpoint->key != NULL &&
		    !endpoint_addresses(origin, section, settings))
			return false;
	}
	return true;
}

bool
loader_listen_is_proxied(const struct service *service)
{
	for (size_t i = 0; i < SERVICE_ENDPOINT_MAX; i++)
		if (service->listen[i].key != NULL &&
		    service->listen[i].is_proxied)
			return true;
	return false;
}

void
loader_listen_proxies(
    const struct conf *conf, enum role role, struct settings *settings)
{
	const struct conf_key key = {
	    .conf = conf,
	    .section = cfg_getsec(conf_root(conf), settings_role_section(role)),
	    .name = "proxy_from",
	};

	conf_key_prefixes(key, &settings->roles[role].proxies);
}
