/* dns_message.c — see dns_message.h. */
#include "services/dns/dns_message.h"

#include "core/bytes.h"
#include "services/dns/dns_name.h"

#include <assert.h>
#include <string.h>

enum {
	OPT_VERSION_SHIFT = 16, /* in the TTL of an OPT record (§6.1.3) */
};

/* Sections that follow the question, in their order. */
enum section {
	SECTION_ANSWER,
	SECTION_AUTHORITY,
	SECTION_ADDITIONAL,
	SECTION_COUNT,
};

struct record {
	size_t owner_at;
	bool is_root; /* its owner is the root, written as such */
	uint16_t type, class;
	uint32_t ttl;
	struct span data;
};

/* Reads the question's name at offset 12. False: it is cut off, too long, or
 * has a label that is none, a compression pointer included. */
static bool
parse_qname(struct dns_message *message)
{
	const uint8_t *name = message->bytes.data + DNS_HEADER_SIZE;
	size_t room = message->bytes.len - DNS_HEADER_SIZE;
	size_t at = 0;
	unsigned count = 0;
	if (room > DNS_NAME_MAX)
		room = DNS_NAME_MAX;
	for (;;) {
		if (at >= room || name[at] > DNS_LABEL_MAX)
			return false;
		message->label_at[count] = (uint8_t)at;
		if (name[at] == 0)
			break;
		at += 1U + name[at];
		count++;
	}
	message->label_count = (uint8_t)count;
	message->qname_len = (uint8_t)(at + 1);
	dns_name_lower(message->qname, name, at + 1);
	return true;
}

static bool
parse_question(struct dns_message *message)
{
	if (!parse_qname(message))
		return false;
	size_t at = DNS_HEADER_SIZE + (size_t)message->qname_len;
	if (message->bytes.len - at < DNS_QUESTION_FIXED)
		return false;
	message->qtype = bytes_get16be(message->bytes.data + at);
	message->qclass = bytes_get16be(message->bytes.data + at + 2);
	message->question_end = (uint16_t)(at + DNS_QUESTION_FIXED);
	message->has_question = true;
	return true;
}

/* The offset behind the name at AT; 0 where it is malformed. */
static size_t
skip_name(struct span bytes, size_t at)
{
	size_t start = at;
	while (at < bytes.len) {
		uint8_t len = bytes.data[at];
		if (len == 0)
			return at + 1;
		if (len >= DNS_POINTER >> 8) {
			if (bytes.len - at < 2)
				return 0;
			size_t target = bytes_get16be(bytes.data + at) &
			                (DNS_POINTER_LIMIT - 1);
			bool is_back =
			    target >= DNS_HEADER_SIZE && target < start;
			return is_back ? at + 2 : 0;
		}
		if (len > DNS_LABEL_MAX)
			return 0;
		at += 1U + len;
		if (at - start >= DNS_NAME_MAX)
			return 0;
	}
	return 0;
}

/* Reads the record at AT. The offset behind it; 0 where it is cut off. */
static size_t
parse_record(struct span bytes, size_t at, struct record *record)
{
	record->owner_at = at;
	at = skip_name(bytes, at);
	if (at == 0 || bytes.len - at < DNS_RECORD_FIXED)
		return 0;
	const uint8_t *fixed = bytes.data + at;
	record->is_root = at - record->owner_at == 1;
	record->type = bytes_get16be(fixed);
	record->class = bytes_get16be(fixed + 2);
	record->ttl = bytes_get32be(fixed + 4);
	record->data.data = fixed + DNS_RECORD_FIXED;
	record->data.len = bytes_get16be(fixed + 8);
	at += DNS_RECORD_FIXED;
	return bytes.len - at < record->data.len ? 0 : at + record->data.len;
}

static void
take_option(struct dns_message *message, uint16_t code, struct span data)
{
	switch (code) {
	case DNS_OPTION_COOKIE:
		/* RFC 7873 §5.2: of several, the first one counts. */
		if ((message->options & DNS_MESSAGE_COOKIE) == 0)
			message->cookie = data;
		message->options |= DNS_MESSAGE_COOKIE;
		return;
	case DNS_OPTION_NSID:
		/* RFC 5001 §2.1: empty; what is not is read as if it were. */
		message->options |= DNS_MESSAGE_NSID;
		return;
	case DNS_OPTION_KEEPALIVE:
		message->options |= DNS_MESSAGE_KEEPALIVE;
		if (data.len != 0)
			message->options |= DNS_MESSAGE_TIMEOUT;
		return;
	default: /* RFC 6891 §6.1.2: what we do not know, we ignore */
		return;
	}
}

/* RFC 6891 §6.1.2: the options fill the record's data exactly. */
static bool
take_options(struct dns_message *message, struct span options)
{
	while (options.len != 0) {
		if (options.len < DNS_OPTION_HEAD)
			return false;
		size_t len = bytes_get16be(options.data + 2);
		if (options.len - DNS_OPTION_HEAD < len)
			return false;
		take_option(message, bytes_get16be(options.data),
		    (struct span){options.data + DNS_OPTION_HEAD, len});
		options.data += DNS_OPTION_HEAD + len;
		options.len -= DNS_OPTION_HEAD + len;
	}
	return true;
}

static void
take_edns(struct dns_message *message, uint16_t udp_size, uint32_t flags)
{
	message->has_edns = true;
	message->is_dnssec_ok = (flags & DNS_OPT_DO) != 0;
	if (udp_size > DNS_UDP_PLAIN_MAX)
		message->udp_size = udp_size;
}

static enum dns_message_kind
take_opt(struct dns_message *message, const struct record *record)
{
	/* RFC 6891 §6.1.1: one at most, its owner the root. */
	if (message->has_edns || !record->is_root)
		return DNS_MESSAGE_FORMERR;
	uint8_t version = (uint8_t)(record->ttl >> OPT_VERSION_SHIFT);
	/* What the options of another version look like, nobody knows. */
	if (version == 0 && !take_options(message, record->data))
		return DNS_MESSAGE_FORMERR;
	take_edns(message, record->class, record->ttl);
	return version == 0 ? DNS_MESSAGE_QUERY : DNS_MESSAGE_BADVERS;
}

/* OPT and TSIG are the records that a server must know in a query; all others
 * are let pass as long as they are whole. */
static enum dns_message_kind
take_record(struct dns_message *message, const struct record *record,
    enum section section)
{
	/* RFC 8945 §5.1: a TSIG record is the very last, so none follows it. */
	if (message->tsig_at != 0)
		return DNS_MESSAGE_FORMERR;
	if (record->type == DNS_TYPE_OPT)
		return section == SECTION_ADDITIONAL ? take_opt(message, record)
		                                     : DNS_MESSAGE_FORMERR;
	if (record->type == DNS_TYPE_TSIG) {
		if (section != SECTION_ADDITIONAL)
			return DNS_MESSAGE_FORMERR;
		message->tsig_at = (uint16_t)record->owner_at;
	}
	return DNS_MESSAGE_QUERY;
}

/* Walks what follows the question. A fault anywhere outweighs BADVERS. */
static enum dns_message_kind
parse_records(struct dns_message *message)
{
	enum dns_message_kind kind = DNS_MESSAGE_QUERY;
	size_t at = message->question_end;
	for (unsigned section = 0; section < SECTION_COUNT; section++) {
		unsigned count =
		    bytes_get16be(message->bytes.data + 6 + 2 * section);
		for (; count != 0; count--) {
			struct record record;
			at = parse_record(message->bytes, at, &record);
			if (at == 0)
				return DNS_MESSAGE_FORMERR;
			enum dns_message_kind now =
			    take_record(message, &record, section);
			if (now == DNS_MESSAGE_FORMERR)
				return now;
			if (now != DNS_MESSAGE_QUERY)
				kind = now;
		}
	}
	return kind;
}

/* What most queries end in: one OPT record of version 0 without options. False:
 * something else follows the question. */
static bool
parse_plain_opt(struct dns_message *message)
{
	const uint8_t *counts = message->bytes.data + 6;
	const uint8_t *opt = message->bytes.data + message->question_end;

	if (message->bytes.len - message->question_end < DNS_OPT_SIZE ||
	    bytes_get32be(counts) != 0 || bytes_get16be(counts + 4) != 1)
		return false;
	uint32_t flags = bytes_get32be(opt + 5);
	if (opt[0] != 0 || bytes_get16be(opt + 1) != DNS_TYPE_OPT ||
	    (uint8_t)(flags >> OPT_VERSION_SHIFT) != 0 ||
	    bytes_get16be(opt + 9) != 0)
		return false;
	take_edns(message, bytes_get16be(opt + 3), flags);
	return true;
}

/* RFC 7873 §5.4: whoever asks nothing may still want a cookie. */
static enum dns_message_kind
parse_fetch(struct dns_message *message)
{
	enum dns_message_kind kind = parse_records(message);

	if (kind != DNS_MESSAGE_QUERY)
		return kind;
	return (message->options & DNS_MESSAGE_COOKIE) != 0
	           ? DNS_MESSAGE_FETCH
	           : DNS_MESSAGE_FORMERR;
}

/* An opcode that is not QUERY. Two of them have a question's form (RFC 1996
 * §3.7, RFC 2136 §2.3); of the others nobody knows what follows the header (RFC
 * 8906 §8.1.4). */
static enum dns_message_kind
parse_other(struct dns_message *message)
{
	unsigned opcode = message->flags & DNS_OPCODE_MASK;

	if (opcode != DNS_OPCODE_NOTIFY && opcode != DNS_OPCODE_UPDATE)
		return DNS_MESSAGE_NOTIMP;
	if (bytes_get16be(message->bytes.data + 4) != 1 ||
	    !parse_question(message))
		return DNS_MESSAGE_FORMERR;
	enum dns_message_kind kind = parse_records(message);
	return kind == DNS_MESSAGE_QUERY ? DNS_MESSAGE_CHANGE : kind;
}

enum dns_message_kind
dns_message_parse(struct span bytes, struct dns_message *message)
{
	message->bytes = bytes;
	/* Two servers that answer each other's answers would never end. */
	if (bytes.len < DNS_HEADER_SIZE || bytes.len > DNS_TCP_MAX ||
	    bytes.data[2] & DNS_FLAG_QR >> 8)
		return DNS_MESSAGE_SILENT;
	message->flags = bytes_get16be(bytes.data + 2);
	message->question_end = DNS_HEADER_SIZE;
	message->udp_size = DNS_UDP_PLAIN_MAX;
	message->tsig_at = 0;
	message->options = 0;
	message->has_question = false;
	message->has_edns = false;
	message->is_dnssec_ok = false;
	if ((message->flags & DNS_OPCODE_MASK) != 0)
		return parse_other(message);
	unsigned questions = bytes_get16be(bytes.data + 4);
	if (questions == 0)
		return parse_fetch(message);
	/* RFC 9619: a query has one question, no more. */
	if (questions != 1 || !parse_question(message))
		return DNS_MESSAGE_FORMERR;
	if (bytes_get16be(bytes.data + 6) == 0 &&
	    bytes_get32be(bytes.data + 8) == 0)
		return DNS_MESSAGE_QUERY;
	if (parse_plain_opt(message))
		return DNS_MESSAGE_QUERY;
	return parse_records(message);
}
