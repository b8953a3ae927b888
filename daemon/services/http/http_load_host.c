/* http_load_host.c — the host names that lead to sites. Loader process only. */
#include "services/http/http_load_host.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LEN_MAX = 253, LABEL_LEN_MAX = 63 };

size_t
http_load_host_count(cfg_t *section)
{
	unsigned count = cfg_size(section, "hostnames");

	return count == 0 ? 1 : count;
}

/* Dots between labels of letters, digits, "-" and "_" (RFC 1123 §2.1; names
 * with "_" are about). */
static bool
is_name(const char *name)
{
	static const char bytes[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";

	if (strlen(name) > NAME_LEN_MAX)
		return false;
	for (;;) {
		size_t len = strspn(name, bytes);

		if (len == 0 || len > LABEL_LEN_MAX || name[0] == '-' ||
		    name[len - 1] == '-')
			return false;
		name += len;
		if (*name == '\0')
			return true;
		if (*name++ != '.')
			return false;
	}
}

/* "[2001:db8::1]". */
static bool
is_ipv6(const char *name)
{
	char address[INET6_ADDRSTRLEN];
	size_t len = strlen(name);
	struct in6_addr in6;

	if (len < 4 || len - 2 >= sizeof(address) || name[0] != '[' ||
	    name[len - 1] != ']')
		return false;
	memcpy(address, name + 1, len - 2);
	address[len - 2] = '\0';
	return inet_pton(AF_INET6, address, &in6) == 1;
}

/* What is wrong with NAME, lower-case, or NULL. */
static const char *
fault_of(const char *name)
{
	struct in6_addr in6;

	if (is_name(name) || is_ipv6(name))
		return NULL;
	if (inet_pton(AF_INET6, name, &in6) == 1)
		return "an IPv6 address is written in brackets, as in a URL";
	if (strchr(name, ':') != NULL)
		return "a host name without scheme and port: one site answers "
		       "on all ports";
	if (strchr(name, '*') != NULL)
		return "each host name is written out: there are no patterns";
	return "not a host name";
}

static const struct http_load_host *
find(const struct http_load_hosts *hosts, struct span name)
{
	for (size_t i = 0; i < hosts->count; i++) {
		struct span other = hosts->list[i].host.name;

		if (other.len == name.len &&
		    memcmp(other.data, name.data, name.len) == 0)
			return &hosts->list[i];
	}
	return NULL;
}

/* NAME stands at INDEX of SECTION's hostnames, or is its title. */
static void
add(const struct http_load_job *job, cfg_t *section, unsigned index,
    const char *name, struct http_load_host host, struct http_load_hosts *hosts)
{
	size_t len = strlen(name);

	/* The root's dot (RFC 3986 §3.2.2). */
	if (len > 1 && name[len - 1] == '.')
		len--;
	char *lower = http_load_memory_copy(job->memory, name, len);

	if (lower == NULL)
		return;
	for (char *c = lower; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	host.host.name = (struct span){(const uint8_t *)lower, len};
	const char *fault = fault_of(lower);
	const struct http_load_host *twin = find(hosts, host.host.name);

	if (fault != NULL && !http_load_job_has(job, section, "hostnames"))
		http_load_job_error(job, section, "hostnames", index,
		    "site \"%s\" needs hostnames: its own name is none", name);
	else if (fault != NULL)
		http_load_job_error(job, section, "hostnames", index,
		    "\"%s\": %s", name, fault);
	else if (twin != NULL)
		http_load_job_error(job, section, "hostnames", index,
		    "\"%s\" leads to a site already, on line %u", name,
		    twin->line);
	else
		hosts->list[hosts->count++] = host;
}

void
http_load_host_read(const struct http_load_job *job, cfg_t *section,
    unsigned site, struct http_load_hosts *hosts)
{
	unsigned count = cfg_size(section, "hostnames");
	struct http_load_host host = {
	    .host = {.site = site},
	    .line = conf_section_line(job->load->conf, section),
	};

	if (!http_load_job_has(job, section, "hostnames"))
		add(job, section, 0, cfg_title(section), host, hosts);
	for (unsigned i = 0; i < count; i++) {
		host.line = conf_line(job->load->conf, section, "hostnames", i);
		add(job, section, i, cfg_getnstr(section, "hostnames", i), host,
		    hosts);
	}
}

static int
compare(const void *a, const void *b)
{
	const struct span x = ((const struct http_host *)a)->name;
	const struct span y = ((const struct http_host *)b)->name;
	int order = memcmp(x.data, y.data, x.len < y.len ? x.len : y.len);

	return order != 0 ? order : (x.len > y.len) - (x.len < y.len);
}

void
http_load_host_finish(const struct http_load_job *job,
    struct http_load_hosts *hosts, struct http_sites *sites)
{
	struct http_host *list =
	    http_load_memory_take(job->memory, hosts->count, sizeof(*list));

	if (list == NULL)
		return;
	for (size_t i = 0; i < hosts->count; i++)
		list[i] = hosts->list[i].host;
	qsort(list, hosts->count, sizeof(*list), compare);
	sites->hosts = list;
	sites->host_count = hosts->count;
}
