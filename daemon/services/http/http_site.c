/* http_site.c — host name → site; path → location. */
#include "services/http/http_site.h"

#include <string.h>

/* HOST without its port and without the root's dot (RFC 3986 §3.2.2). */
static struct span
name_of(struct span host)
{
	size_t len = host.len;

	while (
	    len > 0 && host.data[len - 1] >= '0' && host.data[len - 1] <= '9')
		len--;
	if (len > 0 && host.data[len - 1] == ':')
		host.len = len - 1;
	if (host.len > 0 && host.data[host.len - 1] == '.')
		host.len--;
	return host;
}

/* <0, 0, >0: NAME, in any case, against the lower-case OTHER. */
static int
compare(struct span name, struct span other)
{
	size_t len = name.len < other.len ? name.len : other.len;

	for (size_t i = 0; i < len; i++) {
		uint8_t byte = name.data[i];

		if (byte >= 'A' && byte <= 'Z')
			byte |= 0x20;
		if (byte != other.data[i])
			return byte < other.data[i] ? -1 : 1;
	}
	return name.len < other.len ? -1 : name.len > other.len;
}

const struct http_site *
http_site_of(const struct http_sites *sites, struct span host)
{
	size_t low = 0, high = sites->host_count;

	if (high == 0)
		return &sites->sites[0];
	host = name_of(host);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(host, sites->hosts[middle].name);

		if (order == 0)
			return &sites->sites[sites->hosts[middle].site];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return &sites->sites[0];
}

static bool
lies_in(struct span path, struct span prefix)
{
	if (prefix.len == 0)
		return true;
	return path.len >= prefix.len &&
	       memcmp(path.data, prefix.data, prefix.len) == 0 &&
	       (path.len == prefix.len || path.data[prefix.len] == '/');
}

const struct http_location *
http_site_location(const struct http_site *site, struct span path)
{
	const struct http_location *location = site->locations;

	while (!lies_in(path, location->prefix))
		location++;
	return location;
}

bool
http_site_is_all_files(const struct http_site *site)
{
	for (size_t i = 0; i < site->location_count; i++)
		if (site->locations[i].is_lab ||
		    site->locations[i].redirect.len > 0)
			return false;
	return true;
}

bool
http_site_has_listings(const struct http_site *site)
{
	for (size_t i = 0; i < site->location_count; i++)
		if (site->locations[i].is_listed)
			return true;
	return false;
}

struct span
http_site_error_page(const struct http_site *site, enum http_status status)
{
	for (size_t i = 0; i < site->error_page_count; i++)
		if (site->error_pages[i].status == status)
			return site->error_pages[i].path;
	return (struct span){NULL, 0};
}
