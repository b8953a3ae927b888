/* dns_query.c — a query is made, and its response is known. Pure. */
#include "services/dns/dns_query.h"

#include "core/bytes.h"
#include "services/dns/dns_name.h"
#include "services/dns/dns_view.h"

#include <string.h>

/* Bytes being written, for which there is room. */
struct writer {
	uint8_t *out;
	size_t len;
};

static void
put16(struct writer *writer, unsigned value)
{
	bytes_put16be(writer->out + writer->len, (uint16_t)value);
	writer->len += 2;
}

static void
put32(struct writer *writer, uint32_t value)
{
	bytes_put32be(writer->out + writer->len, value);
	writer->len += 4;
}

static void
put(struct writer *writer, const uint8_t *bytes, size_t len)
{
	memcpy(writer->out + writer->len, bytes, len);
	writer->len += len;
}

static void
put_name(struct writer *writer, const uint8_t *name)
{
	put(writer, name, dns_name_length(name));
}

/* RFC 1995 §3: of the SOA, only the serial counts. */
static void
put_soa(struct writer *writer, const struct dns_query *query)
{
	put_name(writer, query->qname);
	put16(writer, DNS_TYPE_SOA);
	put16(writer, query->qclass);
	put32(writer, 0);
	put16(writer, DNS_QUERY_SOA);
	memset(writer->out + writer->len, 0, DNS_QUERY_SOA);
	bytes_put32be(
	    writer->out + writer->len + DNS_QUERY_SOA - DNS_SOA_SERIAL,
	    query->serial);
	writer->len += DNS_QUERY_SOA;
}

static void
put_opt(struct writer *writer, const struct dns_query *query)
{
	size_t cookie_len =
	    query->cookie.len == 0 ? 0 : DNS_OPTION_HEAD + query->cookie.len;

	writer->out[writer->len++] = 0; /* the root */
	put16(writer, DNS_TYPE_OPT);
	put16(writer, query->udp_size);
	put32(writer, query->is_dnssec_ok ? DNS_OPT_DO : 0);
	put16(writer,
	    (unsigned)(cookie_len + (query->asks_nsid ? DNS_OPTION_HEAD : 0)));
	if (query->asks_nsid) {
		put16(writer, DNS_OPTION_NSID);
		put16(writer, 0);
	}
	if (cookie_len > 0) {
		put16(writer, DNS_OPTION_COOKIE);
		put16(writer, (unsigned)query->cookie.len);
		put(writer, query->cookie.data, query->cookie.len);
	}
}

size_t
dns_query_write(const struct dns_query *query, uint8_t out[DNS_QUERY_MAX])
{
	struct writer writer = {.out = out};

	put16(&writer, query->id);
	put16(&writer, query->is_recursion_desired ? DNS_FLAG_RD : 0);
	put16(&writer, 1);
	put16(&writer, 0);
	put16(&writer, query->qtype == DNS_TYPE_IXFR ? 1 : 0);
	put16(&writer, query->has_edns ? 1 : 0);
	put_name(&writer, query->qname);
	put16(&writer, query->qtype);
	put16(&writer, query->qclass);
	if (query->qtype == DNS_TYPE_IXFR)
		put_soa(&writer, query);
	if (query->has_edns)
		put_opt(&writer, query);
	return writer.len;
}

/* The client's part of the cookie in BYTES; NULL: none. */
static const uint8_t *
find_cookie(struct span bytes)
{
	struct dns_view_edns edns;
	struct span data;
	uint16_t code;
	unsigned rcode;

	if (dns_view_check(bytes, &edns, &rcode) != NULL)
		return NULL;
	while (dns_view_option(&edns.options, &code, &data))
		if (code == DNS_OPTION_COOKIE &&
		    data.len >= DNS_COOKIE_CLIENT_SIZE)
			return data.data;
	return NULL;
}

/* RFC 7873 §5.3: a server that knows no cookies sends none back. */
static bool
has_other_cookie(struct span query, struct span reply)
{
	const uint8_t *sent = find_cookie(query), *got = find_cookie(reply);

	return sent != NULL && got != NULL &&
	       memcmp(sent, got, DNS_COOKIE_CLIENT_SIZE) != 0;
}

/* Reads the one question of BYTES. */
static bool
read_question(struct span bytes, struct dns_view_record *question)
{
	struct dns_view view = dns_view_open(bytes);

	return dns_view_next(&view, question);
}

static bool
has_other_question(struct span query, struct span reply, bool is_later)
{
	struct dns_view_record asked, said;
	unsigned rcode = reply.data[3] & 15,
	         count = bytes_get16be(reply.data + 4);

	if (count == 0)
		return !is_later && rcode == DNS_RCODE_NOERROR;
	if (!read_question(query, &asked) || !read_question(reply, &said))
		return false; /* malformed, and to be told */
	size_t len = dns_name_length(asked.name);

	return count != 1 || asked.type != said.type ||
	       asked.class != said.class || dns_name_length(said.name) != len ||
	       memcmp(asked.name, said.name, len) != 0;
}

enum dns_query_match
dns_query_matches(struct span query, struct span reply, bool is_later)
{
	if (reply.len < 2 || memcmp(query.data, reply.data, 2) != 0)
		return DNS_QUERY_OTHER_ID;
	if (reply.len < DNS_HEADER_SIZE)
		return DNS_QUERY_ANSWERED;
	unsigned flags = bytes_get16be(reply.data + 2);
	unsigned asked = bytes_get16be(query.data + 2);

	if ((flags & DNS_FLAG_QR) == 0)
		return DNS_QUERY_NO_RESPONSE;
	if (((flags ^ asked) & DNS_OPCODE_MASK) != 0)
		return DNS_QUERY_OTHER_OPCODE;
	if (has_other_question(query, reply, is_later))
		return DNS_QUERY_OTHER_QUESTION;
	if (has_other_cookie(query, reply))
		return DNS_QUERY_OTHER_COOKIE;
	return DNS_QUERY_ANSWERED;
}

const char *
dns_query_match_text(enum dns_query_match match)
{
	static const char *const texts[] = {
	    [DNS_QUERY_ANSWERED] = "an answer",
	    [DNS_QUERY_OTHER_ID] = "a reply with a wrong id",
	    [DNS_QUERY_NO_RESPONSE] = "a message that is no response",
	    [DNS_QUERY_OTHER_OPCODE] = "a reply with a wrong opcode",
	    [DNS_QUERY_OTHER_QUESTION] = "a reply to another question",
	    [DNS_QUERY_OTHER_COOKIE] = "a reply with a wrong cookie",
	};

	return texts[match];
}
