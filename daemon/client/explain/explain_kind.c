/* explain_kind.c — what `netlab explain` can take apart. */
#include "client/explain/explain_kind.h"

#include "client/dissect/dissect_dns.h"
#include "client/dissect/dissect_ethernet.h"
#include "client/dissect/dissect_http.h"
#include "client/dissect/dissect_link.h"
#include "client/dissect/dissect_ntp.h"
#include "client/explain/explain_example.h"
#include "client/show/show.h"
#include "core/bytes.h"
#include "core/ntp_header.h"

#include <string.h>

enum kind_id {
	KIND_DNS,
	KIND_NTP,
	KIND_HTTP,
	KIND_ETHERNET,
	KIND_IP,
	KIND_COUNT,
};

static const struct explain_kind kinds[] = {
    [KIND_DNS] = {"dns", "DNS", dissect_dns, dissect_dns_tcp,
        explain_example_dns},
    [KIND_NTP] = {"ntp", "NTP", dissect_ntp, NULL, explain_example_ntp},
    [KIND_HTTP] = {"http", "HTTP", dissect_http, NULL, explain_example_http},
    [KIND_ETHERNET] = {"eth", "Ethernet", dissect_ethernet, NULL,
        explain_example_ethernet},
    [KIND_IP] = {"ip", "IP", dissect_link_raw, NULL, explain_example_ip},
};

enum {
	ETHERNET_HEAD = 14,
	TYPE_AT = 12,
	TYPE_IPV4 = 0x0800,
	TYPE_ARP = 0x0806,
	TYPE_IPV6 = 0x86dd,
	IPV4_HEADER = 20,
	IPV4_LENGTH_AT = 2,
	IPV6_HEADER = 40,
	IPV6_LENGTH_AT = 4,
};

const struct explain_kind *
explain_kind_find(const char *name)
{
	for (unsigned i = 0; i < KIND_COUNT; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

static bool
is_http(struct span bytes)
{
	static const char *const words[] = {"HTTP/", "GET ", "HEAD ", "POST ",
	    "PUT ", "DELETE ", "OPTIONS ", "CONNECT ", "TRACE ", "PATCH "};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (span_begins(bytes, words[i]))
			return true;
	return false;
}

static bool
is_ethernet(struct span bytes)
{
	if (bytes.len <= ETHERNET_HEAD)
		return false;
	unsigned type = bytes_get16be(bytes.data + TYPE_AT);
	unsigned version = bytes.data[ETHERNET_HEAD] >> 4;

	return (type == TYPE_IPV4 && version == 4) ||
	       (type == TYPE_IPV6 && version == 6) ||
	       (type == TYPE_ARP && version == 0);
}

/* A header of either version whose packet is there to its end, with padding
 * behind it or not. */
static bool
is_ip(struct span bytes)
{
	if (bytes.len >= IPV4_HEADER && bytes.data[0] >> 4 == 4) {
		size_t header = (bytes.data[0] & 15U) * 4;
		size_t total = bytes_get16be(bytes.data + IPV4_LENGTH_AT);

		return header >= IPV4_HEADER && total >= header &&
		       total <= bytes.len;
	}
	return bytes.len >= IPV6_HEADER && bytes.data[0] >> 4 == 6 &&
	       bytes_get16be(bytes.data + IPV6_LENGTH_AT) <=
	           bytes.len - IPV6_HEADER;
}

/* A header and whole words behind it, of a version and a mode that there is. */
static bool
is_ntp_size(struct span bytes)
{
	if (bytes.len < NTP_HEADER_LEN || bytes.len % 4 != 0)
		return false;
	unsigned version = bytes.data[0] >> 3 & 7, mode = bytes.data[0] & 7;

	return version >= 1 && version <= 4 && mode >= 1 && mode <= 5;
}

/* Is BYTES one of these, without fault? */
static bool
is_whole(struct span bytes, dissector *dissect)
{
	struct dissect dissection;

	if (!show_dissect(&dissection, bytes, dissect))
		return false;
	bool is_good = !dissection.is_malformed;

	show_dissect_free(&dissection);
	return is_good;
}

const struct explain_kind *
explain_kind_guess(struct span bytes, bool *is_stream)
{
	*is_stream = false;
	if (is_http(bytes))
		return &kinds[KIND_HTTP];
	if (is_ethernet(bytes))
		return &kinds[KIND_ETHERNET];
	if (is_whole(bytes, dissect_dns))
		return &kinds[KIND_DNS];
	*is_stream = bytes.len > 0 && is_whole(bytes, dissect_dns_tcp);
	if (*is_stream)
		return &kinds[KIND_DNS];
	if (is_ip(bytes))
		return &kinds[KIND_IP];
	return is_ntp_size(bytes) && is_whole(bytes, dissect_ntp)
	           ? &kinds[KIND_NTP]
	           : NULL;
}
