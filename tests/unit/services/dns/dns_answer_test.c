/* dns_answer_test.c — the numbers are those of the DNS requirements. */
#include "services/dns/dns_answer.h"

#include "example_zones.h"
#include "message_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

static const char soa[] = "authority example. 300 SOA ns1.example. "
                          "host.example. 7 7200 3600 604800 300\n";

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
expect_nodata(const char *name, uint16_t qtype)
{
	expect(name, qtype, DNS_OUTCOME_NODATA, "qr aa NOERROR", soa);
}

static void
expect_nxdomain(const char *name, uint16_t qtype)
{
	expect(name, qtype, DNS_OUTCOME_NXDOMAIN, "qr aa NXDOMAIN", soa);
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
data(void **state)
{
	(void)state;
	expect_data("ns1.example", DNS_TYPE_AAAA,
	    "answer ns1.example. 3600 AAAA "
	    "20010db8000000000000000000000001\n");
	expect_data("example", DNS_TYPE_SOA,
	    "answer example. 3600 SOA ns1.example. host.example. 7 7200 3600 "
	    "604800 300\n");
	expect_data("unknown.example", 65280,
	    "answer unknown.example. 3600 TYPE65280 abcd\n");
	expect_data("\\000\\255\\..example", DNS_TYPE_A,
	    "answer \\000\\255\\..example. 3600 A c0000242\n");
}

static void
additional(void **state)
{
	(void)state;
	expect_data("example", DNS_TYPE_NS,
	    "answer example. 3600 NS ns1.example.\n"
	    "answer example. 3600 NS ns.elsewhere.\n"
	    "additional ns1.example. 3600 A c0000201\n"
	    "additional ns1.example. 3600 AAAA "
	    "20010db8000000000000000000000001\n");
	expect_data("example", DNS_TYPE_MX,
	    "answer example. 3600 MX 10 mail.example.\n"
	    "answer example. 3600 MX 20 mail.example.\n"
	    "additional mail.example. 3600 A c0000219\n");
	expect_data("_http._tcp.example", DNS_TYPE_SRV,
	    "answer _http._tcp.example. 3600 SRV 0 5 80 www.example.\n"
	    "additional www.example. 3600 A c0000250\n");
	expect_data("longer.wmx.example", DNS_TYPE_MX,
	    "answer longer.wmx.example. 3600 MX 5 mail.example.\n"
	    "additional mail.example. 3600 A c0000219\n");
}

static void
nodata(void **state)
{
	(void)state;
	expect_nodata("www.example", DNS_TYPE_MX);
	expect_nodata("example", DNS_TYPE_A);
	expect_nodata("ent.example", DNS_TYPE_TXT);
	expect_nodata("y.ent.example", DNS_TYPE_ANY);
	expect_nodata("wild.example", DNS_TYPE_A);
}

static void
nxdomain(void **state)
{
	(void)state;
	expect_nxdomain("nowhere.example", DNS_TYPE_A);
	expect_nxdomain("a.b.c.d.e.f.www.example", DNS_TYPE_A);
	expect_nxdomain("below.x.y.ent.example", DNS_TYPE_A);
}

static void
wildcards(void **state)
{
	(void)state;
	expect_data("a.wild.example", DNS_TYPE_A,
	    "answer a.wild.example. 3600 A c0000263\n");
	expect_data("q.a.longer.wild.example", DNS_TYPE_A,
	    "answer q.a.longer.wild.example. 3600 A c0000263\n");
	expect_data("*.wild.example", DNS_TYPE_A,
	    "answer *.wild.example. 3600 A c0000263\n");
	expect_nodata("a.wild.example", DNS_TYPE_MX);
}

static void
wildcards_blocked(void **state)
{
	(void)state;
	expect_nodata("exact.wild.example", DNS_TYPE_A);
	expect_nxdomain("x.exact.wild.example", DNS_TYPE_A);
	expect_nodata("b.wild.example", DNS_TYPE_A);
	expect_nxdomain("x.b.wild.example", DNS_TYPE_A);
	expect_nxdomain("x.*.wild.example", DNS_TYPE_A);
}

static void
wildcard_empty_non_terminal(void **state)
{
	(void)state;
	expect_nodata("x.went.example", DNS_TYPE_TXT);
	expect_nodata("*.went.example", DNS_TYPE_TXT);
}

static void
wildcard_alias(void **state)
{
	(void)state;
	expect_data("any.thing.walias.example", DNS_TYPE_A,
	    "answer any.thing.walias.example. 3600 CNAME www.example.\n"
	    "answer www.example. 3600 A c0000250\n");
	expect_data("q.wloop.example", DNS_TYPE_A,
	    "answer q.wloop.example. 3600 CNAME x.wloop.example.\n"
	    "answer x.wloop.example. 3600 CNAME x.wloop.example.\n");
	expect_data("q.wdeep.example", DNS_TYPE_A,
	    "answer q.wdeep.example. 3600 CNAME a.long.way.off.wild.example.\n"
	    "answer a.long.way.off.wild.example. 3600 A c0000263\n");
}

static void
chains(void **state)
{
	(void)state;
	expect_data("chain.example", DNS_TYPE_A,
	    "answer chain.example. 3600 CNAME alias.example.\n"
	    "answer alias.example. 3600 CNAME www.example.\n"
	    "answer www.example. 3600 A c0000250\n");
	expect_data("down.example", DNS_TYPE_A,
	    "answer down.example. 3600 CNAME x.down2.example.\n"
	    "answer x.down2.example. 3600 CNAME y.x.down2.example.\n"
	    "answer y.x.down2.example. 3600 CNAME z.y.x.down2.example.\n"
	    "answer z.y.x.down2.example. 3600 A c0000221\n");
	expect_data("apex.example", DNS_TYPE_SOA,
	    "answer apex.example. 3600 CNAME example.\n"
	    "answer example. 3600 SOA ns1.example. host.example. 7 7200 3600 "
	    "604800 300\n");
}

static void
loops(void **state)
{
	(void)state;
	expect_data("loop1.example", DNS_TYPE_A,
	    "answer loop1.example. 3600 CNAME loop2.example.\n"
	    "answer loop2.example. 3600 CNAME loop1.example.\n");
	expect_data("self.example", DNS_TYPE_A,
	    "answer self.example. 3600 CNAME self.example.\n");
}

static void
chain_ends(void **state)
{
	(void)state;
	char text[512];
	snprintf(text, sizeof(text), "%s%s",
	    "answer lost.example. 3600 CNAME nowhere.example.\n", soa);
	expect("lost.example", DNS_TYPE_A, DNS_OUTCOME_NXDOMAIN,
	    "qr aa NXDOMAIN", text);
	snprintf(text, sizeof(text), "%s%s",
	    "answer nodata.example. 3600 CNAME mail.example.\n", soa);
	expect("nodata.example", DNS_TYPE_TXT, DNS_OUTCOME_NODATA,
	    "qr aa NOERROR", text);
	expect_data("away.example", DNS_TYPE_A,
	    "answer away.example. 3600 CNAME www.elsewhere.\n");
}

static void
alias_asked_for(void **state)
{
	(void)state;
	static const char answer[] =
	    "answer chain.example. 3600 CNAME alias.example.\n";
	expect_data("chain.example", DNS_TYPE_CNAME, answer);
	expect_data("chain.example", DNS_TYPE_ANY, answer);
}

static void
dname(void **state)
{
	(void)state;
	expect_data("a.old.example", DNS_TYPE_A,
	    "answer old.example. 3600 DNAME wild.example.\n"
	    "answer a.old.example. 3600 CNAME a.wild.example.\n"
	    "answer a.wild.example. 3600 A c0000263\n");
	expect_data("a.old.example", DNS_TYPE_CNAME,
	    "answer old.example. 3600 DNAME wild.example.\n"
	    "answer a.old.example. 3600 CNAME a.wild.example.\n");
}

static void
dname_owner(void **state)
{
	(void)state;
	expect_data(
	    "old.example", DNS_TYPE_TXT, "answer old.example. 3600 TXT 0178\n");
	expect_data("old.example", DNS_TYPE_DNAME,
	    "answer old.example. 3600 DNAME wild.example.\n");
	expect_nodata("old.example", DNS_TYPE_A);
}

static void
dname_loop(void **state)
{
	(void)state;
	expect_data("a.round.example", DNS_TYPE_A,
	    "answer round.example. 3600 DNAME back.example.\n"
	    "answer a.round.example. 3600 CNAME a.back.example.\n"
	    "answer back.example. 3600 DNAME round.example.\n"
	    "answer a.back.example. 3600 CNAME a.round.example.\n");
}

static void
dname_overflow(void **state)
{
	(void)state;
	static const char dname_record[] =
	    "answer long.example. 3600 DNAME aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	    "bbbbbbbbbbbbbbbbbb."
	    "cccccccccccccccccccccccccccccccccccccccccccccccc"
	    "cccccccccc.dddddddddddddddddddddddddddddddddddddddddddddddddddddd."
	    "example.\n";
	expect("oooooooooooooooo.long.example", DNS_TYPE_A,
	    DNS_OUTCOME_YXDOMAIN, "qr aa YXDOMAIN", dname_record);
}

static const char referral_rest[] =
    "authority sub.example. 3600 NS ns.sub.example.\n"
    "authority sub.example. 3600 NS ns.sib.example.\n"
    "additional ns.sub.example. 3600 A c0000235\n"
    "additional ns.sub.example. 3600 AAAA 20010db8000000000000000000000053\n"
    "additional ns.sib.example. 3600 A c0000236\n";

static void
referrals(void **state)
{
	(void)state;
	static const char *const names[] = {
	    "sub.example", "www.sub.example", "ns.sub.example"};
	static const uint16_t types[] = {
	    DNS_TYPE_A, DNS_TYPE_NS, DNS_TYPE_SOA, DNS_TYPE_ANY};
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < 4; j++)
			expect(names[i], types[j], DNS_OUTCOME_REFERRAL,
			    "qr NOERROR", referral_rest);
}

static void
referral_after_alias(void **state)
{
	(void)state;
	char text[1024];
	snprintf(text, sizeof(text), "%s%s",
	    "answer into.example. 3600 CNAME host.sub.example.\n",
	    referral_rest);
	expect("into.example", DNS_TYPE_A, DNS_OUTCOME_REFERRAL,
	    "qr aa NOERROR", text);
}

static void
ds_at_the_cut(void **state)
{
	(void)state;
	expect_data("sub.example", DNS_TYPE_DS,
	    "answer sub.example. 3600 DS 00010802"
	    "00000000000000000000000000000000"
	    "000000000000000000000000000000ff\n");
	expect("below.sub.example", DNS_TYPE_DS, DNS_OUTCOME_REFERRAL,
	    "qr NOERROR", referral_rest);
	expect_nodata("example", DNS_TYPE_DS);
}

static void
nested_zones(void **state)
{
	(void)state;
	expect_data("a.child.example", DNS_TYPE_A,
	    "answer a.child.example. 60 A c0000207\n");
	expect("x.child.example", DNS_TYPE_A, DNS_OUTCOME_NXDOMAIN,
	    "qr aa NXDOMAIN",
	    "authority child.example. 5 SOA a.child.example. "
	    "b.child.example. 1 2 3 4 5\n");
	/* The parent has no such name: it says so, for DS alone. */
	expect_nxdomain("child.example", DNS_TYPE_DS);
}

static void
outside(void **state)
{
	(void)state;
	expect(
	    "www.elsewhere", DNS_TYPE_A, DNS_OUTCOME_REFUSED, "qr REFUSED", "");
	expect(".", DNS_TYPE_NS, DNS_OUTCOME_REFUSED, "qr REFUSED", "");
	expect("notexample", DNS_TYPE_A, DNS_OUTCOME_REFUSED, "qr REFUSED", "");
	expect(
	    "www.broken", DNS_TYPE_A, DNS_OUTCOME_SERVFAIL, "qr SERVFAIL", "");
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
malformed(void **state)
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

static void
glue_or_truncation(void **state)
{
	(void)state;
	struct query query = query_for("x.many.big.test", DNS_TYPE_A, 0);
	assert_int_equal(count_in_reply(&query, TRANSPORT_UDP,
	                     DNS_OUTCOME_TRUNCATED, "qr tc NOERROR"),
	    1);
	assert_int_equal(count_in_reply(&query, TRANSPORT_TCP,
	                     DNS_OUTCOME_REFERRAL, "additional"),
	    30);
}

static void
additional_dropped(void **state)
{
	(void)state;
	struct query query = query_for("tight.big.test", DNS_TYPE_MX, 0);
	unsigned addresses = count_in_reply(
	    &query, TRANSPORT_UDP, DNS_OUTCOME_NOERROR, "additional");
	assert_in_range(addresses, 1, 19);
	assert_int_equal(count_in_reply(&query, TRANSPORT_TCP,
	                     DNS_OUTCOME_NOERROR, "additional"),
	    20);
}

/* The longest chain that is followed, and one link more. */
static void
chain_limit(void **state)
{
	(void)state;
	struct query query = query_for("q.grow.example", DNS_TYPE_A, 0);
	assert_int_equal(count_in_reply(&query, TRANSPORT_TCP,
	                     DNS_OUTCOME_NOERROR, " CNAME "),
	    16);
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
	    TEST("DNS 32, DNS 34, RFC 3597, RFC 2181 §11: data", data),
	    TEST("DNS 29, DNS 35, RFC 2181 §9: addresses beside data",
	        additional),
	    TEST("DNS 14, DNS 15, RFC 2308 §2.2, §3: NODATA", nodata),
	    TEST("DNS 14, DNS 15, RFC 8020 §2: NXDOMAIN", nxdomain),
	    TEST("DNS 18, DNS 20, DNS 21, RFC 4592 §3.3: wildcards", wildcards),
	    TEST("DNS 19, RFC 4592 §2.2.1: what blocks a wildcard",
	        wildcards_blocked),
	    TEST("DNS 20, RFC 4592 §4.9: a wildcard without data",
	        wildcard_empty_non_terminal),
	    TEST("DNS 22: wildcard aliases", wildcard_alias),
	    TEST("DNS 23, RFC 1034 §3.6.2: chains in order", chains),
	    TEST("DNS 23: loops end", loops),
	    TEST("DNS 24, RFC 2308 §2.1, RFC 6604 §3: the last name decides",
	        chain_ends),
	    TEST("DNS 25: CNAME and ANY are not chased", alias_asked_for),
	    TEST("DNS 26, RFC 6672 §3.1: DNAME and synthetic CNAME", dname),
	    TEST("DNS 26, RFC 6672 §2.3: a DNAME's own name", dname_owner),
	    TEST("DNS 26: DNAME loops end, no record twice", dname_loop),
	    TEST("DNS 26, RFC 6672 §2.2: too long a name", dname_overflow),
	    TEST("DNS 27, DNS 28, RFC 9471 §3: referrals", referrals),
	    TEST("DNS 1: a referral behind an alias", referral_after_alias),
	    TEST("DNS 17, RFC 4035 §3.1.4.1: DS at the cut", ds_at_the_cut),
	    TEST("DNS 16, RFC 4035 §3.1.4.1: a zone within a zone",
	        nested_zones),
	    TEST("DNS 13: outside, and a zone that never loaded", outside),
	    cmocka_unit_test(dns_47_rfc_1035_3_2_5_other_classes),
	    cmocka_unit_test(dns_48_rfc_8482_4_1_any),
	    cmocka_unit_test(dns_49_rfc_6895_3_1_meta_types_and_transfers),
	    cmocka_unit_test(dns_38_41_rfc_6891_7_edns),
	    cmocka_unit_test(dns_38_rfc_6891_6_1_3_badvers),
	    cmocka_unit_test(dns_30_42_rfc_2181_9_no_rrset_is_split),
	    cmocka_unit_test(dns_39_rfc_9715_never_over_the_limit),
	    TEST("DNS 28, RFC 9471 §3.1: glue or TC", glue_or_truncation),
	    TEST("DNS 29, RFC 2181 §9: no TC for a courtesy",
	        additional_dropped),
	    TEST("DNS 23: no more than 16 links", chain_limit),
	    TEST("DNS 4 to 10: what is no query", malformed),
	};
	return cmocka_run_group_tests_name(
	    "dns_answer", tests, load_zones, NULL);
}
