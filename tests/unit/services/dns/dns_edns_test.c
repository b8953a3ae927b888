/* dns_edns_test.c — options of EDNS, asked for and answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "query_fixture.h"
#include "services/dns/dns_cookie.h"

#define CLIENT "\x24\x64\xc4\xab\xcf\x10\xc9\x57"
#define FIRST_HEX "2464c4abcf10c957010000005cf79f111f8130c3eee29480"

static const uint8_t secret[] = {0xe5, 0xe9, 0x73, 0xe5, 0xa6, 0xb2, 0xa4, 0x3f,
    0x48, 0xe7, 0xdc, 0x84, 0x9e, 0x37, 0xbf, 0xcf};

/* The fixture with a secret of RFC 9018 Appendix A.1, whose client it is. */
static struct query_fixture *
with_cookies(void)
{
	struct query_fixture *fixture = query_fixture();

	memcpy(fixture->settings->cookie_secrets[0], secret, sizeof(secret));
	fixture->settings->cookie_secret_count = 1;
	return fixture;
}

static struct query
query_with_option(uint16_t code, const void *data, size_t len)
{
	struct query query = query_for("www.example", DNS_TYPE_A);

	query_add_opt(&query, 1232, 0);
	query_add_option(&query, code, data, len);
	return query;
}

#define QUESTION "? www.example. A\n"
#define ANSWERED                                                               \
	"qr aa NOERROR\n" QUESTION "answer www.example. 3600 A c0000250\n"
#define COOKIE " 10:" FIRST_HEX

/* Asks with a COOKIE option of LEN bytes at DATA. */
static void
expect_cookie(struct query_fixture *fixture, const void *data, size_t len,
    unsigned outcome, const char *expected)
{
	struct query query = query_with_option(DNS_OPTION_COOKIE, data, len);

	assert_string_equal(query_answer(fixture, &query, outcome), expected);
}

static void
dns_44_rfc_7873_5_2_3_a_new_client(void **state)
{
	struct query_fixture *fixture = with_cookies();

	(void)state;
	expect_cookie(fixture, CLIENT, 8, DNS_OUTCOME_NOERROR,
	    ANSWERED "opt 1232" COOKIE "\n");
	fixture->context.transport = TRANSPORT_TCP;
	expect_cookie(fixture, CLIENT, 8, DNS_OUTCOME_NOERROR,
	    ANSWERED "opt 1232" COOKIE "\n");
}

/* The reply's own cookie. */
static const uint8_t *
cookie_of(const struct query_fixture *fixture)
{
	return fixture->reply + fixture->reply_len - DNS_COOKIE_SIZE;
}

static void
dns_44_rfc_7873_5_2_5_a_cookie_of_ours(void **state)
{
	struct query_fixture *fixture = with_cookies();
	uint8_t cookie[DNS_COOKIE_SIZE];

	(void)state;
	fixture->settings->are_cookies_required = true;
	expect_cookie(fixture, CLIENT, 8, DNS_OUTCOME_BADCOOKIE,
	    "qr 7\n" QUESTION "opt 1232 BADCOOKIE" COOKIE "\n");
	memcpy(cookie, cookie_of(fixture), sizeof(cookie));
	expect_cookie(fixture, cookie, sizeof(cookie), DNS_OUTCOME_NOERROR,
	    ANSWERED "opt 1232" COOKIE "\n");
}

/* RFC 7873 §5.2.4: as if it had none; a lab's clients are not to be turned
 * away by default. */
static void
dns_44_rfc_7873_5_2_4_a_wrong_cookie(void **state)
{
	struct query_fixture *fixture = with_cookies();

	(void)state;
	expect_cookie(fixture, CLIENT "0123456789abcdef", 24,
	    DNS_OUTCOME_NOERROR, ANSWERED "opt 1232" COOKIE "\n");
	fixture->settings->are_cookies_required = true;
	expect_cookie(fixture, CLIENT "0123456789abcdef", 24,
	    DNS_OUTCOME_BADCOOKIE,
	    "qr 7\n" QUESTION "opt 1232 BADCOOKIE" COOKIE "\n");
	/* Who has come over TCP, or knows no cookies, cannot be asked. */
	fixture->context.transport = TRANSPORT_TCP;
	expect_cookie(fixture, CLIENT "0123456789abcdef", 24,
	    DNS_OUTCOME_NOERROR, ANSWERED "opt 1232" COOKIE "\n");
	fixture->context.transport = TRANSPORT_UDP;
	struct query plain = query_for("www.example", DNS_TYPE_A);
	assert_string_equal(
	    query_answer(fixture, &plain, DNS_OUTCOME_NOERROR), ANSWERED);
	query_add_opt(&plain, 1232, 0);
	assert_string_equal(query_answer(fixture, &plain, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232\n");
}

static void
dns_44_rfc_7873_5_2_2_lengths(void **state)
{
	struct query_fixture *fixture = with_cookies();
	uint8_t data[64] = {0};

	(void)state;
	for (size_t len = 0; len <= sizeof(data); len++) {
		bool is_right = len == 8 || (len >= 16 && len <= 40);
		struct query query =
		    query_with_option(DNS_OPTION_COOKIE, data, len);
		const char *text = query_answer(fixture, &query,
		    is_right ? DNS_OUTCOME_NOERROR : DNS_OUTCOME_FORMERR);

		if (!is_right)
			assert_string_equal(
			    text, "qr FORMERR\n" QUESTION "opt 1232\n");
	}
}

/* RFC 7873 §5.2: what comes behind the first is ignored, its length too. */
static void
dns_44_rfc_7873_5_2_several_cookies(void **state)
{
	struct query_fixture *fixture = with_cookies();
	struct query query = query_with_option(DNS_OPTION_COOKIE, CLIENT, 8);

	(void)state;
	query_add_option(&query, DNS_OPTION_COOKIE, "other", 5);
	query_add_option(&query, DNS_OPTION_COOKIE, "another1", 8);
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232" COOKIE "\n");
}

static void
dns_44_rfc_7873_5_cookies_off(void **state)
{
	struct query_fixture *fixture = query_fixture();
	struct query fetch = query_header(0);

	(void)state;
	expect_cookie(
	    fixture, CLIENT, 8, DNS_OUTCOME_NOERROR, ANSWERED "opt 1232\n");
	expect_cookie(
	    fixture, "xyz", 3, DNS_OUTCOME_NOERROR, ANSWERED "opt 1232\n");
	query_add_opt(&fetch, 1232, 0);
	query_add_option(&fetch, DNS_OPTION_COOKIE, CLIENT, 8);
	assert_string_equal(query_answer(fixture, &fetch, DNS_OUTCOME_FORMERR),
	    "qr FORMERR\nopt 1232\n");
}

static void
dns_7_rfc_7873_5_4_no_question_but_a_cookie(void **state)
{
	struct query_fixture *fixture = with_cookies();
	struct query fetch = query_header(0);
	uint8_t cookie[DNS_COOKIE_SIZE];

	(void)state;
	query_add_opt(&fetch, 1232, 0);
	struct query again = fetch, wrong = fetch;
	query_add_option(&fetch, DNS_OPTION_COOKIE, CLIENT, 8);
	for (unsigned i = 0; i < 2; i++) {
		fixture->context.transport = i;
		assert_string_equal(
		    query_answer(fixture, &fetch, DNS_OUTCOME_COOKIE),
		    "qr NOERROR\nopt 1232" COOKIE "\n");
	}
	memcpy(cookie, cookie_of(fixture), sizeof(cookie));
	query_add_option(&again, DNS_OPTION_COOKIE, cookie, sizeof(cookie));
	assert_string_equal(query_answer(fixture, &again, DNS_OUTCOME_COOKIE),
	    "qr NOERROR\nopt 1232" COOKIE "\n");
	query_add_option(&wrong, DNS_OPTION_COOKIE, CLIENT "01234567", 16);
	assert_string_equal(
	    query_answer(fixture, &wrong, DNS_OUTCOME_BADCOOKIE),
	    "qr 7\nopt 1232 BADCOOKIE" COOKIE "\n");
}

static void
dns_7_rfc_1035_4_1_2_no_question(void **state)
{
	struct query_fixture *fixture = with_cookies();
	struct query query = query_header(0);

	(void)state;
	assert_string_equal(
	    query_answer(fixture, &query, DNS_OUTCOME_FORMERR), "qr FORMERR\n");
	query_add_opt(&query, 1232, 0);
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_FORMERR),
	    "qr FORMERR\nopt 1232\n");
	query_add_option(&query, DNS_OPTION_NSID, "", 0);
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_FORMERR),
	    "qr FORMERR\nopt 1232\n");
}

static void
dns_41_rfc_6891_6_1_2_unknown_options(void **state)
{
	struct query_fixture *fixture = with_cookies();
	struct query query = query_for("www.example", DNS_TYPE_A);

	(void)state;
	query_add_opt(&query, 1232, 0xffff);        /* all flags, Z too */
	query_add_option(&query, 8, "\0\1\0\0", 4); /* client subnet */
	query_add_option(&query, 12, "", 0);        /* padding */
	query_add_option(&query, 65001, "secret", 6);
	query_add_option(&query, DNS_OPTION_EDE, "\0\1", 2);
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232 do\n");
}

static void
dns_38_rfc_6891_6_1_3_a_later_version(void **state)
{
	struct query_fixture *fixture = with_cookies();
	struct query query = query_for("www.example", DNS_TYPE_A);

	(void)state;
	query_add_opt(&query, 1232, 0x018000); /* version 1, DO */
	query_add_option(&query, DNS_OPTION_COOKIE, CLIENT, 8);
	query_add_option(&query, DNS_OPTION_NSID, "", 0);
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_BADVERS),
	    "qr NOERROR\n" QUESTION "opt 1232 do BADVERS\n");
}

static void
dns_43_rfc_5001_2_nsid_when_asked(void **state)
{
	struct query_fixture *fixture = query_fixture();
	struct query query = query_for("www.example", DNS_TYPE_A);

	(void)state;
	query_add_opt(&query, 1232, 0);
	struct query asking = query, chatty = query;
	query_add_option(&asking, DNS_OPTION_NSID, "", 0);
	query_add_option(&asking, DNS_OPTION_NSID, "", 0);
	query_add_option(&chatty, DNS_OPTION_NSID, "you?", 4);
	assert_string_equal(query_answer(fixture, &asking, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232\n");
	fixture->settings->nsid = (struct dns_settings_text){2, "\0\xff"};
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232\n");
	assert_string_equal(query_answer(fixture, &asking, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232 3:00ff\n");
	assert_string_equal(query_answer(fixture, &chatty, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232 3:00ff\n");
}

static void
dns_54_rfc_7828_3_3_keepalive(void **state)
{
	struct query_fixture *fixture = query_fixture();
	struct query query = query_with_option(DNS_OPTION_KEEPALIVE, "", 0);
	struct query wrong =
	    query_with_option(DNS_OPTION_KEEPALIVE, "\0\144", 2);
	struct query plain = query_for("www.example", DNS_TYPE_A);

	(void)state;
	query_add_opt(&plain, 1232, 0);
	fixture->settings->tcp_timeout_ms = 12345;
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232\n");
	assert_string_equal(query_answer(fixture, &wrong, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232\n");
	fixture->context.transport = TRANSPORT_TCP;
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232 11:007b\n");
	assert_string_equal(query_answer(fixture, &wrong, DNS_OUTCOME_FORMERR),
	    "qr FORMERR\n" QUESTION "opt 1232\n");
	assert_string_equal(query_answer(fixture, &plain, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232\n");
	fixture->settings->tcp_timeout_ms = UINT32_MAX;
	assert_string_equal(query_answer(fixture, &query, DNS_OUTCOME_NOERROR),
	    ANSWERED "opt 1232 11:ffff\n");
}

/* The end of the reply to QUERY, which is FIRST and the question. */
static void
expect_error(struct query_fixture *fixture, struct query query,
    unsigned outcome, const char *first, const char *ede)
{
	char plain[64];

	snprintf(plain, sizeof(plain), "%s\n", first);
	const char *text = query_answer(fixture, &query, outcome);
	assert_memory_equal(text, plain, strlen(plain));
	assert_null(strstr(text, "opt"));
	query_add_opt(&query, 512, 0);
	text = query_answer(fixture, &query, outcome);
	assert_memory_equal(text, plain, strlen(plain));
	assert_string_equal(strstr(text, "opt"), ede);
}

static void
dns_45_rfc_8914_2_why(void **state)
{
	struct query_fixture *fixture = query_fixture();

	(void)state;
	expect_error(fixture, query_for("www.broken", DNS_TYPE_A),
	    DNS_OUTCOME_SERVFAIL, "qr SERVFAIL",
	    "opt 1232 15:000e746865207a6f6e6520636f756c64206e6f74206265206c6f6"
	    "1646564\n");
	expect_error(fixture, query_for("example", DNS_TYPE_AXFR),
	    DNS_OUTCOME_REFUSED, "qr REFUSED", "opt 1232 15:0012\n");
	expect_error(fixture, query_for("www.elsewhere", DNS_TYPE_A),
	    DNS_OUTCOME_REFUSED, "qr REFUSED", "opt 1232 15:0014\n");
	expect_error(fixture, query_for("www.example", DNS_TYPE_MAILA),
	    DNS_OUTCOME_NOTIMP, "qr NOTIMP", "opt 1232 15:0015\n");
	expect_error(fixture, query_for_class("www.example", DNS_TYPE_A, 4),
	    DNS_OUTCOME_REFUSED, "qr REFUSED", "opt 1232 15:0014\n");
}

/* NOTIFY and UPDATE are known, and refused: whose they are, nobody has said. */
static void
dns_6_58_61_rfc_1996_3_rfc_2136_3_changes_are_refused(void **state)
{
	struct query_fixture *fixture = query_fixture();

	(void)state;
	for (unsigned opcode = 4; opcode <= 5; opcode++) {
		struct query query = query_for("example", DNS_TYPE_SOA);
		char expected[128];

		query.bytes[2] = (uint8_t)(opcode << 3);
		snprintf(
		    expected, sizeof(expected), "qr opcode %u REFUSED", opcode);
		expect_error(fixture, query, DNS_OUTCOME_REFUSED, expected,
		    "opt 1232 15:0012\n");
	}
}

/* With all options, at every size and for every kind of answer: the limit
 * holds, and what was reserved is not lost. */
static void
dns_39_rfc_9715_never_over_the_limit(void **state)
{
	struct query_fixture *fixture = with_cookies();
	static const char *const names[] = {
	    "www.example", "nx.example", "tobig.big.test", "www.broken"};
	unsigned truncated = 0;

	(void)state;
	fixture->settings->nsid.len = 100;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		for (uint16_t size = 0; size < 1400; size++) {
			struct query query = query_for(names[i], DNS_TYPE_TXT);
			query_add_opt(&query, size, 0);
			query_add_option(&query, DNS_OPTION_NSID, "", 0);
			query_add_option(&query, DNS_OPTION_COOKIE, CLIENT, 8);
			struct dns_answer answer = dns_answer(&fixture->context,
			    (struct span){query.bytes, query.len},
			    (struct space){fixture->reply, DNS_UDP_MAX});
			assert_true(answer.len <= (size < 512 ? 512 : size));
			assert_non_null(strstr(message_text(fixture->reply,
			                           answer.len, fixture->text),
			    COOKIE));
			truncated += answer.outcome == DNS_OUTCOME_TRUNCATED;
		}
	}
	assert_true(truncated > 0);
}

static void
dns_42_rfc_6891_7_truncated_with_question_and_options(void **state)
{
	struct query_fixture *fixture = with_cookies();
	struct query query = query_for("tobig.big.test", DNS_TYPE_TXT);

	(void)state;
	query_add_opt(&query, 512, 0x8000);
	query_add_option(&query, DNS_OPTION_COOKIE, CLIENT, 8);
	const char *text = query_answer(fixture, &query, DNS_OUTCOME_TRUNCATED);
	assert_memory_equal(
	    text, "qr aa tc NOERROR\n? tobig.big.test. TXT\n", 39);
	assert_string_equal(strstr(text, "opt"), "opt 1232 do" COOKIE "\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dns_44_rfc_7873_5_2_3_a_new_client),
	    cmocka_unit_test(dns_44_rfc_7873_5_2_5_a_cookie_of_ours),
	    cmocka_unit_test(dns_44_rfc_7873_5_2_4_a_wrong_cookie),
	    cmocka_unit_test(dns_44_rfc_7873_5_2_2_lengths),
	    cmocka_unit_test(dns_44_rfc_7873_5_2_several_cookies),
	    cmocka_unit_test(dns_44_rfc_7873_5_cookies_off),
	    cmocka_unit_test(dns_7_rfc_7873_5_4_no_question_but_a_cookie),
	    cmocka_unit_test(dns_7_rfc_1035_4_1_2_no_question),
	    cmocka_unit_test(dns_41_rfc_6891_6_1_2_unknown_options),
	    cmocka_unit_test(dns_38_rfc_6891_6_1_3_a_later_version),
	    cmocka_unit_test(dns_43_rfc_5001_2_nsid_when_asked),
	    cmocka_unit_test(dns_54_rfc_7828_3_3_keepalive),
	    cmocka_unit_test(dns_45_rfc_8914_2_why),
	    cmocka_unit_test(
	        dns_6_58_61_rfc_1996_3_rfc_2136_3_changes_are_refused),
	    cmocka_unit_test(dns_39_rfc_9715_never_over_the_limit),
	    cmocka_unit_test(
	        dns_42_rfc_6891_7_truncated_with_question_and_options),
	};

	return cmocka_run_group_tests_name("dns_edns", tests, NULL, NULL);
}
