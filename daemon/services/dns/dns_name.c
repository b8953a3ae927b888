/* dns_name.c — domain names in wire form. Pure. */
#include "services/dns/dns_name.h"

#include <string.h>

/* Eight bytes at once. A label's length (at most 63) is below any letter, so
 * that lengths pass unharmed. */
static void
lower8(uint8_t *out, const uint8_t *name)
{
	const uint64_t ones = 0x0101010101010101;
	uint64_t word;

	memcpy(&word, name, sizeof(word));
	uint64_t low = word & ones * 0x7f;
	uint64_t from_a = low + ones * (0x80 - 'A');
	uint64_t past_z = low + ones * (0x7f - 'Z');
	uint64_t upper = (from_a ^ past_z) & ~word & ones * 0x80;

	word |= upper >> 2;
	memcpy(out, &word, sizeof(word));
}

void
dns_name_lower(uint8_t *out, const uint8_t *name, size_t len)
{
	if (len < 8) {
		for (size_t i = 0; i < len; i++)
			out[i] = dns_name_lower_byte(name[i]);
		return;
	}
	for (size_t i = 0; i + 8 < len; i += 8)
		lower8(out + i, name + i);
	/* The last eight, some of them for the second time. */
	lower8(out + len - 8, name + len - 8);
}

unsigned
dns_name_labels(const uint8_t *name)
{
	unsigned labels = 0;

	for (; *name != 0; name += 1 + *name)
		labels++;
	return labels;
}

size_t
dns_name_length(const uint8_t *name)
{
	const uint8_t *end = name;

	while (*end != 0)
		end += 1 + *end;
	return (size_t)(end - name) + 1;
}

size_t
dns_name_measure(const uint8_t *name, size_t len)
{
	size_t at = 0;

	while (at < len && at < DNS_NAME_MAX) {
		if (name[at] == 0)
			return at + 1;
		if (name[at] > DNS_LABEL_MAX)
			return 0;
		at += 1 + (size_t)name[at];
	}
	return 0;
}

bool
dns_name_is_equal(const uint8_t *a, const uint8_t *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (dns_name_lower_byte(a[i]) != dns_name_lower_byte(b[i]))
			return false;
	return true;
}

size_t
dns_name_common(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
	while (a_len != b_len || memcmp(a, b, a_len) != 0) {
		size_t a_skip = a_len >= b_len ? 1U + a[0] : 0;
		size_t b_skip = b_len >= a_len ? 1U + b[0] : 0;

		a += a_skip;
		a_len -= a_skip;
		b += b_skip;
		b_len -= b_skip;
	}
	return a_len;
}

int
dns_name_compare_labels(const uint8_t *a, const uint8_t *b)
{
	size_t len = a[0] < b[0] ? a[0] : b[0];
	int order = memcmp(a + 1, b + 1, len);

	return order != 0 ? order : a[0] - b[0];
}

__extension__ typedef unsigned __int128 uint128;

/* Both halves of the product depend on every bit of both factors: one
 * multiplication mixes 16 bytes. */
static uint64_t
fold(uint64_t a, uint64_t b)
{
	uint128 product = (uint128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t
read64(const uint8_t *p)
{
	uint64_t value;

	memcpy(&value, p, sizeof(value));
	return value;
}

static uint64_t
read32(const uint8_t *p)
{
	uint32_t value;

	memcpy(&value, p, sizeof(value));
	return value;
}

/* The digits of pi, as odd numbers: any without a pattern would do. */
static const uint64_t mix_a = 0x243f6a8885a308d3;
static const uint64_t mix_b = 0x13198a2e03707345;
static const uint64_t mix_c = 0xa4093822299f31d1;

uint64_t
dns_name_hash(const uint8_t *name, size_t len)
{
	uint64_t hash = mix_a ^ len;
	uint64_t first = 0, last = 0;

	for (; len > 16; name += 16, len -= 16)
		hash = fold(read64(name) ^ mix_b, read64(name + 8) ^ hash);
	if (len >= 8) {
		first = read64(name);
		last = read64(name + len - 8);
	} else if (len >= 4) {
		first = read32(name);
		last = read32(name + len - 4);
	} else if (len > 0) {
		first = name[0];
		last = (uint64_t)name[len / 2] << 8 | name[len - 1];
	}
	return fold(fold(first ^ mix_b, last ^ hash), mix_c);
}

/* One character of TEXT, escapes resolved; advances past it. -1: a bad escape.
 */
static int
unescape(const char **text)
{
	const char *p = *text;

	if (p[0] != '\\') {
		*text = p + 1;
		return (uint8_t)p[0];
	}
	if (p[1] == '\0')
		return -1;
	if (p[1] < '0' || p[1] > '9') {
		*text = p + 2;
		return (uint8_t)p[1];
	}
	int value = 0;

	for (unsigned i = 1; i <= 3; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		value = value * 10 + (p[i] - '0');
	}
	*text = p + 4;
	return value > 255 ? -1 : value;
}

size_t
dns_name_parse(const char *text, uint8_t out[DNS_NAME_MAX])
{
	size_t label_at = 0, len = 1;

	if (strcmp(text, ".") == 0) {
		out[0] = 0;
		return 1;
	}
	while (*text != '\0') {
		bool is_dot = *text == '.';
		int byte = unescape(&text);

		/* One byte is kept for the root label. */
		if (byte == -1 || len >= DNS_NAME_MAX)
			return 0;
		if (!is_dot) {
			out[len++] = (uint8_t)byte;
			continue;
		}
		if (len - label_at - 1 == 0 ||
		    len - label_at - 1 > DNS_LABEL_MAX)
			return 0;
		out[label_at] = (uint8_t)(len - label_at - 1);
		label_at = len++;
	}
	if (len - label_at - 1 > DNS_LABEL_MAX)
		return 0;
	if (len - label_at - 1 > 0) { /* no final dot */
		if (len >= DNS_NAME_MAX)
			return 0;
		out[label_at] = (uint8_t)(len - label_at - 1);
		label_at = len++;
	}
	out[label_at] = 0;
	return len == 1 ? 0 : len;
}

/* What stands for itself wherever a name is read: RFC 1035 §5.1 gives only dot,
 * blank and some others a meaning, but the zone scanner takes no more. */
static bool
is_plain(uint8_t byte)
{
	uint8_t lower = dns_name_lower_byte(byte);

	return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') ||
	       byte == '-' || byte == '_' || byte == '*' || byte == '/';
}

static char *
escape(char *out, uint8_t byte)
{
	/* "\#" in front of RDATA says that it is in hexadecimal (RFC 3597 §5).
	 */
	if (byte <= ' ' || byte > '~' || byte == '#') {
		*out++ = '\\';
		*out++ = (char)('0' + byte / 100);
		*out++ = (char)('0' + byte / 10 % 10);
		*out++ = (char)('0' + byte % 10);
		return out;
	}
	if (!is_plain(byte))
		*out++ = '\\';
	*out++ = (char)byte;
	return out;
}

const char *
dns_name_format(const uint8_t *name, char text[DNS_NAME_TEXT_MAX])
{
	char *out = text;

	if (*name == 0)
		*out++ = '.';
	while (*name != 0) {
		for (unsigned i = 1; i <= *name; i++)
			out = escape(out, name[i]);
		*out++ = '.';
		name += 1 + *name;
	}
	*out = '\0';
	return text;
}
