/* dns_answer_test.c — the numbers are those of the DNS requirements. */
#include "services/dns/dns_answer.h"

#include "example_zones.h"
#include "message_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct dns_catalog *catalog;

struct query {
	uint8_t bytes[600];
	size_t len;
};

/* A query for NAME in text; FLAGS of the header. */
static struct query
query_for(const char *name, uint16_t qtype, uint16_t flags)
{
	struct query query = {.bytes = {0x12, 0x34, 0, 0, 0, 1}};
	uint8_t wire[DNS_NAME_MAX];

	bytes_put16be(query.bytes + 2, flags);
	size_t len = dns_name_parse(name, wire);
	assert_true(len > 0);
	memcpy(query.bytes + 12, wire, len);
	bytes_put16be(query.bytes + 12 + len, qtype);
	bytes_put16be(query.bytes + 14 + len, DNS_CLASS_IN);
	query.len = 16 + len;
	return query;
}

static void
add_opt(struct query *query, uint16_t size, uint8_t version, uint16_t flags)
{
	uint8_t *opt = query->bytes + query->len;

	memset(opt, 0, 11);
	bytes_put16be(opt + 1, DNS_TYPE_OPT);
	bytes_put16be(opt + 3, size);
	opt[6] = version;
	bytes_put16be(opt + 7, flags);
	query->len += 11;
	query->bytes[11]++;
}

static uint8_t reply[DNS_TCP_MAX];
static size_t reply_len;

static const char *
answer_query(
    const struct query *query, enum transport transport, unsigned outcome)
{
	static char text[MESSAGE_TEXT_MAX];
	size_t cap = transport == TRANSPORT_TCP ? DNS_TCP_MAX : DNS_UDP_MAX;
	const struct addr peer = {0};
	const struct dns_context context = {
	    .catalog = catalog,
	    .peer = &peer,
	    .transport = transport,
	};
	struct dns_answer answer =
	    dns_answer(&context, (struct span){query->bytes, query->len},
	        (struct space){reply, cap});

	assert_int_equal(answer.outcome, outcome);
	reply_len = answer.len;
	assert_true(reply_len <= cap);
	if (reply_len == 0)
		return "silent";
	assert_memory_equal(reply, query->bytes, 2);
	return message_text(reply, answer.len, text);
}

/* Asks for NAME and QTYPE by UDP: the reply is the line FIRST, the question,
 * and REST. */
static void
expect(const char *name, uint16_t qtype, unsigned outcome, const char *first,
    const char *rest)
{
	struct query query = query_for(name, qtype, 0);
	char text[4096];
	const char *got = answer_query(&query, TRANSPORT_UDP, outcome);
	const char *line = strchr(got, '\n');

	assert_memory_equal(reply + 12, query.bytes + 12, query.len - 12);
	snprintf(text, sizeof(text), "%s", got);
	text[line - got] = '\0';
	assert_string_equal(text, first);
	assert_string_equal(strchr(line + 1, '\n') + 1, rest);
}

static void
expect_data(const char *name, uint16_t qtype, const char *records)
{
	expect(name, qtype, DNS_OUTCOME_NOERROR, "qr aa NOERROR", records);
}

static void
dns_1_2_rfc_1035_4_1_1_rfc_4035_3_1_6_flags(void **state)
{
	(void)state;
	/* All that a client can set but QR and the opcode. */
	struct query query = query_for("www.example", DNS_TYPE_A, 0x07ff);
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_NOERROR),
	    "qr aa rd NOERROR\n? www.example. A\n"
	    "answer www.example. 3600 A c0000250\n");
	query = query_for("nowhere.example", DNS_TYPE_A, 0x02ff);
	assert_memory_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_NXDOMAIN),
	    "qr aa NXDOMAIN\n", 15);
	query = query_for("www.elsewhere", DNS_TYPE_A, 0x07ff);
	assert_memory_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_REFUSED),
	    "qr rd REFUSED\n", 14);
}

static void
dns_3_37_rfc_4343_4_1_case_is_kept(void **state)
{
	(void)state;
	expect_data(
	    "wWw.ExamPLE", DNS_TYPE_A, "answer wWw.ExamPLE. 3600 A c0000250\n");
	expect_data("aliaS.ExamPLE", DNS_TYPE_A,
	    "answer aliaS.ExamPLE. 3600 CNAME www.ExamPLE.\n"
	    "answer www.ExamPLE. 3600 A c0000250\n");
}

static void
dns_47_rfc_1035_3_2_5_other_classes(void **state)
{
	(void)state;
	static const uint8_t classes[] = {0, 2, 3, 4, 254, 255};
	for (size_t i = 0; i < sizeof(classes); i++) {
		struct query query = query_for("www.example", DNS_TYPE_A, 0);
		query.bytes[query.len - 1] = classes[i];
		assert_string_equal(
		    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_REFUSED),
		    "qr REFUSED\n? www.example. A\n");
	}
}

static void
dns_48_rfc_8482_4_1_any(void **state)
{
	(void)state;
	expect_data("ns1.example", DNS_TYPE_ANY,
	    "answer ns1.example. 3600 A c0000201\n");
}

static void
dns_49_rfc_6895_3_1_meta_types_and_transfers(void **state)
{
	(void)state;
	static const uint16_t types[] = {0, DNS_TYPE_OPT, DNS_TYPE_TKEY,
	    DNS_TYPE_TSIG, DNS_TYPE_MAILA, DNS_TYPE_MAILB};
	for (size_t i = 0; i < 6; i++)
		expect("www.example", types[i], DNS_OUTCOME_NOTIMP, "qr NOTIMP",
		    "");
	expect("example", DNS_TYPE_AXFR, DNS_OUTCOME_REFUSED, "qr REFUSED", "");
	expect("example", DNS_TYPE_IXFR, DNS_OUTCOME_REFUSED, "qr REFUSED", "");
}

static void
dns_38_41_rfc_6891_7_edns(void **state)
{
	(void)state;
	struct query query = query_for("www.example", DNS_TYPE_A, 0);
	add_opt(&query, 4096, 0, 0);
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_NOERROR),
	    "qr aa NOERROR\n? www.example. A\n"
	    "answer www.example. 3600 A c0000250\nopt 1232\n");
	query = query_for("www.example", DNS_TYPE_A, 0);
	add_opt(&query, 4096, 0, 0xffff);
	assert_string_equal(
	    answer_query(&query, TRANSPORT_TCP, DNS_OUTCOME_NOERROR),
	    "qr aa NOERROR\n? www.example. A\n"
	    "answer www.example. 3600 A c0000250\nopt 1232 do\n");
	query = query_for("www.elsewhere", DNS_TYPE_A, 0);
	add_opt(&query, 512, 0, 0);
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_REFUSED),
	    "qr REFUSED\n? www.elsewhere. A\nopt 1232 15:0014\n");
}

static void
dns_38_rfc_6891_6_1_3_badvers(void **state)
{
	(void)state;
	struct query query = query_for("www.example", DNS_TYPE_A, 0);
	add_opt(&query, 4096, 1, 0x8000);
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_BADVERS),
	    "qr NOERROR\n? www.example. A\nopt 1232 do BADVERS\n");
}

static void
dns_4_5_6_8_10_what_is_no_query(void **state)
{
	(void)state;
	struct query query = query_for("www.example", DNS_TYPE_A, 0x0100);
	query.bytes[5] = 2;
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_FORMERR),
	    "qr rd FORMERR\n");
	query.bytes[5] = 1;
	query.bytes[11] = 1;
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_FORMERR),
	    "qr rd FORMERR\n? www.example. A\n");
	query.bytes[2] = 6 << 3;
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_NOTIMP),
	    "qr opcode 6 NOTIMP\n");
	query.bytes[2] = 0x80;
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_SILENT), "silent");
	query.len = 11;
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_SILENT), "silent");
}

/* How often WORD stands in the reply to QUERY. */
static unsigned
count_in_reply(const struct query *query, enum transport transport,
    unsigned outcome, const char *word)
{
	const char *text = answer_query(query, transport, outcome);
	unsigned count = 0;

	while ((text = strstr(text, word)) != NULL) {
		text++;
		count++;
	}
	return count;
}

static void
dns_30_42_rfc_2181_9_no_rrset_is_split(void **state)
{
	(void)state;
	struct query query = query_for("tobig.big.test", DNS_TYPE_TXT, 0);
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_TRUNCATED),
	    "qr aa tc NOERROR\n? tobig.big.test. TXT\n"
	    "answer tobig.big.test. 60 CNAME big.big.test.\n");
	assert_int_equal(
	    count_in_reply(&query, TRANSPORT_TCP, DNS_OUTCOME_NOERROR, " TXT "),
	    19);
	query = query_for("big.big.test", DNS_TYPE_TXT, 0);
	add_opt(&query, 65535, 0, 0); /* our own limit holds, too */
	assert_string_equal(
	    answer_query(&query, TRANSPORT_UDP, DNS_OUTCOME_TRUNCATED),
	    "qr aa tc NOERROR\n? big.big.test. TXT\nopt 1232\n");
}

static void
dns_39_rfc_9715_never_over_the_limit(void **state)
{
	(void)state;
	struct query query = query_for("many.big.test", DNS_TYPE_A, 0);
	add_opt(&query, 0, 0, 0);
	answer_query(&query, TRANSPORT_TCP, DNS_OUTCOME_REFERRAL);
	size_t whole = reply_len;
	assert_in_range(whole, 600, 1200);
	for (uint16_t size = 0; size < 1500; size++) {
		query = query_for("many.big.test", DNS_TYPE_A, 0);
		unsigned limit = size < 512 ? 512 : size > 1232 ? 1232 : size;
		add_opt(&query, size, 0, 0);
		answer_query(&query, TRANSPORT_UDP,
		    limit < whole ? DNS_OUTCOME_TRUNCATED
		                  : DNS_OUTCOME_REFERRAL);
		assert_true(reply_len <= limit);
	}
}

static int
load_zones(void **state)
{
	(void)state;
	catalog = zone_fixture_load(example_zones, EXAMPLE_ZONES);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_1_2_rfc_1035_4_1_1_rfc_4035_3_1_6_flags),
	    cmocka_unit_test(dns_3_37_rfc_4343_4_1_case_is_kept),
	    cmocka_unit_test(dns_47_rfc_1035_3_2_5_other_classes),
	    cmocka_unit_test(dns_48_rfc_8482_4_1_any),
	    cmocka_unit_test(dns_49_rfc_6895_3_1_meta_types_and_transfers),
	    cmocka_unit_test(dns_38_41_rfc_6891_7_edns),
	    cmocka_unit_test(dns_38_rfc_6891_6_1_3_badvers),
	    cmocka_unit_test(dns_30_42_rfc_2181_9_no_rrset_is_split),
	    cmocka_unit_test(dns_39_rfc_9715_never_over_the_limit),
	    cmocka_unit_test(dns_4_5_6_8_10_what_is_no_query),
	};
	return cmocka_run_group_tests_name(
	    "dns_answer", tests, load_zones, NULL);
}
