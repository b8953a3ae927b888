/*
 * message_text.h — a response as text, for tests to compare; a malformed one
 * aborts, so that fuzz targets can use it as their oracle.
 *
 *	qr aa NXDOMAIN
 *	? nowhere.example. A
 *	answer OWNER TTL TYPE RDATA
 *	opt 1232 do BADVERS 10:OPTION IN HEX
 */
#ifndef TESTS_MESSAGE_TEXT_H
#define TESTS_MESSAGE_TEXT_H

#include "core/bytes.h"
#include "services/dns/dns_base32.h"
#include "services/dns/dns_nsec3.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_TEXT_MAX = 1 << 20 };

struct message_text {
	const uint8_t *data;
	size_t len, at;
	char *out; /* MESSAGE_TEXT_MAX bytes */
	size_t out_len;
};

static inline void
message_text_check(bool is_right, const char *what)
{
	if (is_right)
		return;
	(void)fprintf(stderr, "malformed response: %s\n", what);
	abort();
}

static inline void message_text_add(struct message_text *text,
    const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline void
message_text_add(struct message_text *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text->out_len += (size_t)vsnprintf(text->out + text->out_len,
	    MESSAGE_TEXT_MAX - text->out_len, format, args);
	va_end(args);
	message_text_check(text->out_len < MESSAGE_TEXT_MAX, "too much of it");
}

static inline const uint8_t *
message_text_take(struct message_text *text, size_t len)
{
	message_text_check(text->len - text->at >= len, "cut off");
	text->at += len;
	return text->data + text->at - len;
}

/* Reads the name at text->at into NAME, decompressed: pointers go strictly
 * backward and below 16384 (RFC 1035 §4.1.4). */
static inline void
message_text_name(struct message_text *text, uint8_t name[DNS_NAME_MAX])
{
	size_t len = 0, at = text->at, lowest = text->at, end = 0;

	for (;;) {
		message_text_check(at < text->len, "name cut off");
		uint8_t label = text->data[at];
		if (label >= 0xc0) {
			message_text_check(at + 1 < text->len, "pointer");
			size_t target =
			    bytes_get16be(text->data + at) & 0x3fffU;
			message_text_check(
			    target >= DNS_HEADER_SIZE && target < lowest,
			    "pointer not backward");
			end = end != 0 ? end : at + 2;
			at = lowest = target;
			continue;
		}
		message_text_check(label <= DNS_LABEL_MAX, "label type");
		message_text_check(len + 1 + label <= DNS_NAME_MAX, "long");
		message_text_check(at + 1 + label <= text->len, "label cut");
		memcpy(name + len, text->data + at, 1U + label);
		len += 1U + label;
		at += 1U + label;
		if (label == 0)
			break;
	}
	text->at = end != 0 ? end : at;
}

static inline void
message_text_add_name(struct message_text *text, const char *after)
{
	uint8_t name[DNS_NAME_MAX];
	char out[DNS_NAME_TEXT_MAX];

	message_text_name(text, name);
	message_text_add(text, "%s%s", dns_name_format(name, out), after);
}

static inline void
message_text_type(struct message_text *text, unsigned type)
{
	static const char *const names[] = {[DNS_TYPE_A] = "A",
	    [DNS_TYPE_NS] = "NS",
	    [DNS_TYPE_CNAME] = "CNAME",
	    [DNS_TYPE_SOA] = "SOA",
	    [DNS_TYPE_MX] = "MX",
	    [DNS_TYPE_TXT] = "TXT",
	    [DNS_TYPE_AAAA] = "AAAA",
	    [DNS_TYPE_SRV] = "SRV",
	    [DNS_TYPE_DNAME] = "DNAME",
	    [DNS_TYPE_DS] = "DS",
	    [DNS_TYPE_RRSIG] = "RRSIG",
	    [DNS_TYPE_NSEC] = "NSEC",
	    [DNS_TYPE_DNSKEY] = "DNSKEY",
	    [DNS_TYPE_NSEC3] = "NSEC3",
	    [DNS_TYPE_NSEC3PARAM] = "NSEC3PARAM"};
	if (type < sizeof(names) / sizeof(names[0]) && names[type] != NULL)
		message_text_add(text, "%s", names[type]);
	else
		message_text_add(text, "TYPE%u", type);
}

static inline void
message_text_soa(struct message_text *text)
{
	message_text_add_name(text, " ");
	message_text_add_name(text, "");
	for (unsigned i = 0; i < 5; i++)
		message_text_add(
		    text, " %u", bytes_get32be(message_text_take(text, 4)));
}

/* Numbers of 16 bits, then a name. */
static inline void
message_text_numbers_name(struct message_text *text, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		message_text_add(
		    text, "%u ", bytes_get16be(message_text_take(text, 2)));
	message_text_add_name(text, "");
}

/* A signature tells what it covers, and how many labels that had when it was
 * signed (RFC 4034 §3.1.3). */
static inline void
message_text_rrsig(struct message_text *text, size_t end)
{
	const uint8_t *fixed = message_text_take(text, 18);
	uint8_t signer[DNS_NAME_MAX];

	message_text_type(text, bytes_get16be(fixed));
	message_text_add(text, " %u", fixed[3]);
	message_text_name(text, signer);
	message_text_check(end > text->at, "no signature");
	message_text_take(text, end - text->at);
}

/* The types of a bit map (RFC 4034 §4.1.2). */
static inline void
message_text_types(struct message_text *text, size_t end)
{
	while (text->at < end) {
		unsigned window = *message_text_take(text, 1);
		unsigned len = *message_text_take(text, 1);
		const uint8_t *bits = message_text_take(text, len);

		for (unsigned i = 0; i < 8 * len; i++)
			if ((bits[i / 8] & 0x80 >> i % 8) != 0) {
				message_text_add(text, " ");
				message_text_type(text, window << 8 | i);
			}
	}
}

/* Flags, the next hash and the types (RFC 5155 §3.2). */
static inline void
message_text_nsec3(struct message_text *text, size_t end)
{
	const uint8_t *fixed = message_text_take(text, 5);
	uint8_t next[DNS_NSEC3_LABEL + 1] = {0};

	message_text_take(text, fixed[4]);
	unsigned len = *message_text_take(text, 1);
	message_text_check(len == DNS_NSEC3_HASH_SIZE, "hash");
	dns_base32_encode(next, message_text_take(text, len), len);
	message_text_add(text, "%u %s", fixed[1], (const char *)next);
	message_text_types(text, end);
}

/* Of the types that DNSSEC adds; false: of another one. */
static inline bool
message_text_security(struct message_text *text, unsigned type, size_t end)
{
	if (type == DNS_TYPE_RRSIG) {
		message_text_rrsig(text, end);
	} else if (type == DNS_TYPE_NSEC) {
		message_text_add_name(text, "");
		message_text_types(text, end);
	} else if (type == DNS_TYPE_NSEC3) {
		message_text_nsec3(text, end);
	} else {
		return false;
	}
	return true;
}

static inline void
message_text_rdata(struct message_text *text, unsigned type, size_t end)
{
	if (type == DNS_TYPE_SOA)
		message_text_soa(text);
	else if (type == DNS_TYPE_NS || type == DNS_TYPE_CNAME ||
	         type == DNS_TYPE_PTR || type == DNS_TYPE_DNAME)
		message_text_add_name(text, "");
	else if (type == DNS_TYPE_MX)
		message_text_numbers_name(text, 1);
	else if (type == DNS_TYPE_SRV)
		message_text_numbers_name(text, 3);
	else if (message_text_security(text, type, end))
		message_text_check(text->at <= end, "over RDLENGTH");
	while (text->at < end)
		message_text_add(text, "%02x", *message_text_take(text, 1));
	message_text_check(text->at == end, "RDATA and RDLENGTH differ");
	message_text_add(text, "\n");
}

/* OWNER is the name that has just been read and written from OUT_LEN on. */
static inline void
message_text_opt(struct message_text *text, const uint8_t *fixed)
{
	unsigned high = fixed[4], low = text->data[3] & 15;
	size_t end = text->at + bytes_get16be(fixed + 8);

	message_text_check(fixed[5] == 0, "EDNS version");
	message_text_check(high == 0 || (high == 1 && (low == 0 || low == 7)),
	    "extended rcode");
	message_text_add(text, "opt %u%s%s", bytes_get16be(fixed + 2),
	    (fixed[6] & 0x80) != 0 ? " do" : "",
	    high == 0  ? ""
	    : low == 0 ? " BADVERS"
	               : " BADCOOKIE");
	message_text_check(end <= text->len, "OPT cut off");
	while (text->at < end) {
		const uint8_t *head = message_text_take(text, DNS_OPTION_HEAD);
		unsigned len = bytes_get16be(head + 2);

		message_text_add(text, " %u:", bytes_get16be(head));
		for (; len != 0; len--)
			message_text_add(
			    text, "%02x", *message_text_take(text, 1));
	}
	message_text_check(text->at == end, "options and RDLENGTH differ");
	message_text_add(text, "\n");
}

static inline void
message_text_record(struct message_text *text, const char *section)
{
	size_t line = text->out_len;

	message_text_add(text, "%s ", section);
	message_text_add_name(text, " ");
	const uint8_t *fixed = message_text_take(text, DNS_RECORD_FIXED);
	unsigned type = bytes_get16be(fixed);
	if (type == DNS_TYPE_OPT) {
		text->out_len = line;
		message_text_opt(text, fixed);
		return;
	}
	unsigned class = bytes_get16be(fixed + 2);
	message_text_check(
	    class == DNS_CLASS_IN || class == DNS_CLASS_CH ||
	        (class == DNS_CLASS_ANY && type == DNS_TYPE_TSIG),
	    "class");
	message_text_add(text, "%u %s", bytes_get32be(fixed + 4),
	    class == DNS_CLASS_CH ? "CH " : "");
	message_text_type(text, type);
	message_text_add(text, " ");
	size_t end = text->at + bytes_get16be(fixed + 8);
	message_text_check(end <= text->len, "RDATA cut off");
	message_text_rdata(text, type, end);
}

static inline void
message_text_header(struct message_text *text, const uint8_t *header)
{
	static const char *const flags[] = {"qr", NULL, NULL, NULL, NULL, "aa",
	    "tc", "rd", "ra", "z", "ad", "cd"};
	static const char *const rcodes[] = {"NOERROR", "FORMERR", "SERVFAIL",
	    "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "7", "8", "NOTAUTH"};
	unsigned bits = bytes_get16be(header + 2);

	for (unsigned i = 0; i < 12; i++)
		if (flags[i] != NULL && (bits << i & 0x8000) != 0)
			message_text_add(text, "%s ", flags[i]);
	if ((bits & 0x7800) != 0)
		message_text_add(text, "opcode %u ", bits >> 11 & 15);
	message_text_check((bits & 15) < 10, "rcode");
	message_text_add(text, "%s\n", rcodes[bits & 15]);
}

/* Writes the LEN bytes of a response at DATA as text to OUT. */
static inline const char *
message_text(const uint8_t *data, size_t len, char out[MESSAGE_TEXT_MAX])
{
	static const char *const sections[] = {
	    "answer", "authority", "additional"};
	struct message_text text = {.data = data, .len = len, .out = out};
	const uint8_t *header = message_text_take(&text, DNS_HEADER_SIZE);

	message_text_header(&text, header);
	for (unsigned i = bytes_get16be(header + 4); i != 0; i--) {
		message_text_add(&text, "? ");
		message_text_add_name(&text, " ");
		message_text_type(
		    &text, bytes_get16be(message_text_take(&text, 4)));
		message_text_add(&text, "\n");
	}
	for (unsigned section = 0; section < 3; section++)
		for (unsigned i = bytes_get16be(header + 6 + 2 * section);
		     i != 0; i--)
			message_text_record(&text, sections[section]);
	message_text_check(text.at == len, "bytes behind the last record");
	return out;
}

#endif
