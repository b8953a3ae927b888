/* dns_arpa.c — names of addresses. Pure. */
#include "services/dns/dns_arpa.h"

#include <stdio.h>
#include <string.h>

enum {
	OCTETS = 4,
	NIBBLES = 32,
};

static const uint8_t in_addr[] = "\7in-addr\4arpa"; /* with the root's label */
static const uint8_t ip6[] = "\3ip6\4arpa";

/* ------------------------------------------------------------ from a name */

/* The decimal number from TEXT to END, without zeros ahead, up to MOST; -1:
 * none. */
static int
decimal(const uint8_t *text, const uint8_t *end, int most)
{
	int value = 0;

	if (text == end || (text[0] == '0' && end - text > 1))
		return -1;
	for (; text < end; text++) {
		if (*text < '0' || *text > '9')
			return -1;
		value = 10 * value + (*text - '0');
		if (value > most)
			return -1;
	}
	return value;
}

static int
octet(const uint8_t *label)
{
	return decimal(label + 1, label + 1 + label[0], 255);
}

static int
nibble(const uint8_t *label)
{
	static const char digits[] = "0123456789abcdef";
	const char *digit =
	    label[0] == 1 ? memchr(digits, label[1], sizeof(digits) - 1) : NULL;

	return digit == NULL ? -1 : (int)(digit - digits);
}

/* LABEL as "FIRST/BITS" or "FIRST-LAST". */
static bool
read_classless(const uint8_t *label, uint8_t *first, uint8_t *last)
{
	const uint8_t *start = label + 1, *end = start + label[0], *mark;

	mark = memchr(start, '/', label[0]);
	bool is_prefix = mark != NULL;

	if (!is_prefix)
		mark = memchr(start, '-', label[0]);
	if (mark == NULL)
		return false;
	int from = decimal(start, mark, 255);
	int to = decimal(mark + 1, end, is_prefix ? 32 : 255);

	if (is_prefix && to != -1) {
		if (to <= 24 || (from & ((1 << (32 - to)) - 1)) != 0)
			return false;
		to = from | ((1 << (32 - to)) - 1);
	}
	if (from == -1 || to < from)
		return false;
	*first = (uint8_t)from;
	*last = (uint8_t)to;
	return true;
}

/* The octets of COUNT labels, of which STARTS has the outermost last. */
static bool
read_ipv4(const uint8_t *const *starts, unsigned count, struct dns_arpa *arpa)
{
	unsigned at = 0;

	memset(arpa->last, 0xff, OCTETS);
	while (count > 0) {
		const uint8_t *label = starts[--count];
		int value = octet(label);

		if (at == OCTETS - 1 && value == -1 && !arpa->is_classless) {
			arpa->is_classless = true;
			if (!read_classless(
			        label, &arpa->first[at], &arpa->last[at]))
				return false;
			continue;
		}
		if (value == -1 || at == OCTETS || value < arpa->first[at] ||
		    value > arpa->last[at])
			return false;
		arpa->first[at] = arpa->last[at] = (uint8_t)value;
		at++;
	}
	return true;
}

static bool
read_ipv6(const uint8_t *const *starts, unsigned count, struct dns_arpa *arpa)
{
	if (count > NIBBLES)
		return false;
	memset(arpa->last, 0xff, sizeof(arpa->last));
	for (unsigned at = 0; count > 0; at++) {
		int value = nibble(starts[--count]);
		unsigned shift = at % 2 == 0 ? 4 : 0;

		if (value == -1)
			return false;
		arpa->first[at / 2] |= (uint8_t)(value << shift);
		arpa->last[at / 2] &=
		    (uint8_t) ~((0xf ^ (unsigned)value) << shift);
	}
	arpa->is_ipv6 = true;
	return true;
}

bool
dns_arpa_read(const uint8_t *name, struct dns_arpa *arpa)
{
	const uint8_t *starts[DNS_LABEL_COUNT_MAX];
	size_t len = dns_name_length(name);
	unsigned count = 0;

	*arpa = (struct dns_arpa){0};
	for (; len > 0; len -= 1 + (size_t)name[0], name += 1 + name[0]) {
		if (len == sizeof(in_addr) && memcmp(name, in_addr, len) == 0)
			return read_ipv4(starts, count, arpa);
		if (len == sizeof(ip6) && memcmp(name, ip6, len) == 0)
			return read_ipv6(starts, count, arpa);
		if (len > 1)
			starts[count++] = name;
	}
	return false;
}

/* -------------------------------------------------------------- to a name */

static size_t
put_octet(uint8_t *out, unsigned value)
{
	char text[4];
	int len = snprintf(text, sizeof(text), "%u", value & 0xff);

	out[0] = (uint8_t)len;
	memcpy(out + 1, text, (size_t)len);
	return 1 + (size_t)len;
}

/* The labels of ADDRESS' first BITS, innermost first, and what is behind. */
static size_t
put_ipv4(uint8_t *out, const uint8_t *address, unsigned bits)
{
	size_t len = 0;

	for (unsigned i = bits / 8; i > 0; i--)
		len += put_octet(out + len, address[i - 1]);
	memcpy(out + len, in_addr, sizeof(in_addr));
	return len + sizeof(in_addr);
}

static size_t
put_ipv6(uint8_t *out, const uint8_t *address, unsigned bits)
{
	size_t len = 0;

	for (unsigned i = bits / 4; i > 0; i--) {
		unsigned byte = address[(i - 1) / 2];

		out[len++] = 1;
		out[len++] =
		    (uint8_t) "0123456789abcdef"[i % 2 == 0 ? byte & 0xf
		                                            : byte >> 4];
	}
	memcpy(out + len, ip6, sizeof(ip6));
	return len + sizeof(ip6);
}

size_t
dns_arpa_write(bool is_ipv6, const uint8_t *address, const uint8_t *classless,
    uint8_t out[DNS_NAME_MAX])
{
	if (is_ipv6)
		return put_ipv6(out, address, 4 * NIBBLES);
	if (classless == NULL)
		return put_ipv4(out, address, 8 * OCTETS);
	size_t len = put_octet(out, address[OCTETS - 1]);
	size_t rest = dns_name_length(classless);

	memcpy(out + len, classless, rest);
	return len + rest;
}

/* The label "0/25" and what is behind it. */
static size_t
put_classless(uint8_t *out, const uint8_t *address, unsigned bits)
{
	char text[8];
	int len = snprintf(text, sizeof(text), "%u/%u",
	    (unsigned)address[OCTETS - 1], bits % 100);

	out[0] = (uint8_t)len;
	memcpy(out + 1, text, (size_t)len);
	return 1 + (size_t)len + put_ipv4(out + 1 + len, address, 24);
}

size_t
dns_arpa_write_prefix(const struct prefix *prefix, uint8_t out[DNS_NAME_MAX])
{
	if (prefix->is_ipv6)
		return prefix->len % 4 == 0
		           ? put_ipv6(out, prefix->bytes, prefix->len)
		           : 0;
	if (prefix->len % 8 == 0)
		return put_ipv4(out, prefix->bytes, prefix->len);
	return prefix->len > 24 ? put_classless(out, prefix->bytes, prefix->len)
	                        : 0;
}
