/* dns_query_test.c — queries to the byte, and what is a response to them. */
#include "services/dns/dns_query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "core/bytes.h"
#include "services/dns/dns_message.h"
#include "services/dns/dns_name.h"

static const uint8_t google[] = "\6google\3com";
static const uint8_t cookie[] = {1, 2, 3, 4, 5, 6, 7, 8};

static struct dns_query
plain_query(void)
{
	return (struct dns_query){
	    .id = 0x1a2b,
	    .qname = google,
	    .qtype = DNS_TYPE_A,
	    .qclass = DNS_CLASS_IN,
	    .udp_size = DNS_UDP_MAX,
	};
}

static void
expect(const struct dns_query *query, const char *bytes, size_t len)
{
	uint8_t out[DNS_QUERY_MAX];

	assert_int_equal(dns_query_write(query, out), len);
	assert_memory_equal(out, bytes, len);
}

#define EXPECT(query, literal) expect(query, literal, sizeof(literal) - 1)
#define QUESTION "\6google\3com\0\0\1\0\1"

static void
queries_of_each_kind(void **state)
{
	struct dns_query query = plain_query();

	(void)state;
	EXPECT(&query, "\x1a\x2b\0\0\0\1\0\0\0\0\0\0" QUESTION);
	query.is_recursion_desired = true;
	query.asks_nsid = true; /* nothing says it without EDNS */
	EXPECT(&query, "\x1a\x2b\1\0\0\1\0\0\0\0\0\0" QUESTION);
	query.has_edns = true;
	query.asks_nsid = false;
	EXPECT(&query, "\x1a\x2b\1\0\0\1\0\0\0\0\0\1" QUESTION
	               "\0\0\x29\4\xd0\0\0\0\0\0\0");
	query.is_dnssec_ok = true;
	query.asks_nsid = true;
	query.cookie = (struct span){cookie, sizeof(cookie)};
	EXPECT(&query, "\x1a\x2b\1\0\0\1\0\0\0\0\0\1" QUESTION
	               "\0\0\x29\4\xd0\0\0\x80\0\0\x10"
	               "\0\3\0\0"
	               "\0\x0a\0\x08\1\2\3\4\5\6\7\x08");
}

static void
ixfr_tells_the_serial_that_is_known(void **state)
{
	struct dns_query query = plain_query();

	(void)state;
	query.qtype = DNS_TYPE_IXFR;
	query.serial = 0x01020304;
	EXPECT(&query, "\x1a\x2b\0\0\0\1\0\0\0\1\0\0"
	               "\6google\3com\0\0\xfb\0\1"
	               "\6google\3com\0\0\6\0\1\0\0\0\0\0\x16"
	               "\0\0\1\2\3\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
}

/* What a server makes of it, ours at least. */
static void
the_longest_query_fits_and_is_read(void **state)
{
	uint8_t name[DNS_NAME_MAX] = {0}, out[DNS_QUERY_MAX];
	static const uint8_t longest[DNS_QUERY_COOKIE_MAX] = {1};
	struct dns_query query = plain_query();
	struct dns_message message;

	(void)state;
	for (size_t at = 0; at + 1 < sizeof(name); at += 2) {
		name[at] = 1;
		name[at + 1] = 'a';
	}
	query.qname = name;
	query.qtype = DNS_TYPE_IXFR;
	query.has_edns = query.is_dnssec_ok = query.asks_nsid = true;
	query.cookie = (struct span){longest, sizeof(longest)};
	size_t len = dns_query_write(&query, out);

	assert_int_equal(len, DNS_QUERY_MAX);
	query.qtype = DNS_TYPE_A;
	len = dns_query_write(&query, out);
	assert_int_equal(dns_message_parse((struct span){out, len}, &message),
	    DNS_MESSAGE_QUERY);
	assert_int_equal(message.udp_size, DNS_UDP_MAX);
	assert_true(message.is_dnssec_ok);
	assert_int_equal(message.cookie.len, sizeof(longest));
	assert_int_equal(
	    message.options, DNS_MESSAGE_COOKIE | DNS_MESSAGE_NSID);
}

/* A query with a cookie, and the response that it would like. */
struct pair {
	uint8_t query[DNS_QUERY_MAX], reply[DNS_QUERY_MAX];
	size_t len;
};

static struct pair
make_pair(void)
{
	struct dns_query query = plain_query();
	struct pair pair;

	query.has_edns = true;
	query.cookie = (struct span){cookie, sizeof(cookie)};
	pair.len = dns_query_write(&query, pair.query);
	memcpy(pair.reply, pair.query, pair.len);
	pair.reply[2] |= 0x80;
	return pair;
}

static enum dns_query_match
match(const struct pair *pair, size_t reply_len, bool is_later)
{
	return dns_query_matches((struct span){pair->query, pair->len},
	    (struct span){pair->reply, reply_len}, is_later);
}

static void
responses_are_told_from_others(void **state)
{
	/* Which byte of the response differs, by what, and what that makes. */
	static const struct {
		size_t at;
		uint8_t bits;
		enum dns_query_match match;
	} cases[] = {
	    {0, 1, DNS_QUERY_OTHER_ID},
	    {1, 1, DNS_QUERY_OTHER_ID},
	    {2, 0x80, DNS_QUERY_NO_RESPONSE},
	    {2, 0x20, DNS_QUERY_OTHER_OPCODE},
	    {2, 0x07, DNS_QUERY_ANSWERED},        /* AA, TC, RD */
	    {3, 0xf5, DNS_QUERY_ANSWERED},        /* RA … RCODE */
	    {13, 0x20, DNS_QUERY_OTHER_QUESTION}, /* "Google" */
	    {14, 1, DNS_QUERY_OTHER_QUESTION},
	    {25, 1, DNS_QUERY_OTHER_QUESTION},
	    {27, 2, DNS_QUERY_OTHER_QUESTION},
	    {45, 1, DNS_QUERY_OTHER_COOKIE},
	    /* Malformed, which somebody has to say. */
	    {12, 0x40, DNS_QUERY_ANSWERED},
	    {42, 1, DNS_QUERY_ANSWERED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pair pair = make_pair();

		assert_int_equal(
		    match(&pair, pair.len, false), DNS_QUERY_ANSWERED);
		pair.reply[cases[i].at] ^= cases[i].bits;
		assert_int_equal(match(&pair, pair.len, false), cases[i].match);
		assert_non_null(dns_query_match_text(cases[i].match));
	}
}

static void
responses_that_are_cut_off(void **state)
{
	struct pair pair = make_pair();

	(void)state;
	assert_int_equal(match(&pair, 0, false), DNS_QUERY_OTHER_ID);
	assert_int_equal(match(&pair, 1, false), DNS_QUERY_OTHER_ID);
	for (size_t len = 2; len < pair.len; len++)
		assert_int_equal(match(&pair, len, false), DNS_QUERY_ANSWERED);
}

static void
a_question_may_be_missing(void **state)
{
	struct pair pair = make_pair();

	(void)state;
	memset(pair.reply + 4, 0, 8);
	assert_int_equal(
	    match(&pair, DNS_HEADER_SIZE, false), DNS_QUERY_OTHER_QUESTION);
	/* RFC 5936 §2.2.2. */
	assert_int_equal(
	    match(&pair, DNS_HEADER_SIZE, true), DNS_QUERY_ANSWERED);
	/* A server that could not read it. */
	pair.reply[3] = DNS_RCODE_FORMERR;
	assert_int_equal(
	    match(&pair, DNS_HEADER_SIZE, false), DNS_QUERY_ANSWERED);
	/* RFC 9619: not two. */
	pair = make_pair();
	pair.reply[5] = 2;
	assert_int_equal(
	    match(&pair, pair.len, false), DNS_QUERY_OTHER_QUESTION);
}

static void
no_cookie_need_come_back(void **state)
{
	struct pair pair = make_pair();

	(void)state;
	/* RFC 7873 §5.3. */
	pair.reply[11] = 0;
	assert_int_equal(
	    match(&pair, DNS_HEADER_SIZE + 16, false), DNS_QUERY_ANSWERED);
	pair = make_pair();
	pair.query[11] = 0;
	assert_int_equal(
	    dns_query_matches((struct span){pair.query, DNS_HEADER_SIZE + 16},
	        (struct span){pair.reply, pair.len}, false),
	    DNS_QUERY_ANSWERED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(queries_of_each_kind),
	    cmocka_unit_test(ixfr_tells_the_serial_that_is_known),
	    cmocka_unit_test(the_longest_query_fits_and_is_read),
	    cmocka_unit_test(responses_are_told_from_others),
	    cmocka_unit_test(responses_that_are_cut_off),
	    cmocka_unit_test(a_question_may_be_missing),
	    cmocka_unit_test(no_cookie_need_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
