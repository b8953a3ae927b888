/* dns_alias_test.c — the numbers are those of the DNS requirements. */
#include "services/dns/dns_alias.h"

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

static const struct dns_zone *zone;

/* One question and its walk. */
struct run {
	uint8_t bytes[300];
	uint8_t out[DNS_UDP_MAX];
	struct dns_message query;
	struct dns_reply reply;
	struct dns_walk walk;
	struct dns_alias chain;
};

static void
ask(struct run *run, const char *name)
{
	memset(run, 0, sizeof(*run));
	run->bytes[5] = 1;
	size_t len = dns_name_parse(name, run->bytes + 12);
	run->bytes[12 + len + 1] = DNS_TYPE_A;
	run->bytes[12 + len + 3] = DNS_CLASS_IN;
	struct span bytes = {run->bytes, 16 + len};
	assert_int_equal(
	    dns_message_parse(bytes, &run->query), DNS_MESSAGE_QUERY);
	dns_reply_begin(&run->reply, &run->query,
	    (struct space){run->out, sizeof(run->out)}, DNS_UDP_MAX);
	run->walk = (struct dns_walk){
	    .zone = zone,
	    .reply = &run->reply,
	    .qtype = DNS_TYPE_A,
	    .name = run->query.qname,
	    .spelled = run->bytes + 12,
	    .len = len,
	    .place = dns_reply_qname(),
	};
	dns_alias_begin(&run->chain);
}

static enum dns_alias_step
step(struct run *run)
{
	struct dns_lookup found =
	    dns_lookup(zone, run->walk.name, run->walk.len, run->walk.qtype);

	return dns_alias_step(&run->chain, &run->walk, &found);
}

static void
expect_name(const struct run *run, const char *spelled)
{
	char text[DNS_NAME_TEXT_MAX];

	assert_string_equal(dns_name_format(run->walk.spelled, text), spelled);
	assert_true(dns_name_is_equal(
	    run->walk.name, run->walk.spelled, run->walk.len));
}

static void
expect_reply(struct run *run, const char *answers)
{
	static char text[MESSAGE_TEXT_MAX];

	(void)message_text(run->out, dns_reply_finish(&run->reply), text);
	assert_non_null(strstr(text, answers));
}

static void
follows(void **state)
{
	(void)state;
	struct run run;
	ask(&run, "cHain.eXample");
	assert_int_equal(step(&run), DNS_ALIAS_FOLLOW);
	expect_name(&run, "alias.eXample.");
	assert_int_equal(step(&run), DNS_ALIAS_FOLLOW);
	expect_name(&run, "www.eXample.");
	expect_reply(&run, "answer cHain.eXample. 3600 CNAME alias.eXample.\n"
	                   "answer alias.eXample. 3600 CNAME www.eXample.\n");
}

static void
leaves_the_zone(void **state)
{
	(void)state;
	struct run run;
	ask(&run, "away.example");
	assert_int_equal(step(&run), DNS_ALIAS_END);
	expect_reply(&run, "answer away.example. 3600 CNAME www.elsewhere.\n");
}

static void
loop(void **state)
{
	(void)state;
	struct run run;
	ask(&run, "loop1.example");
	assert_int_equal(step(&run), DNS_ALIAS_FOLLOW);
	assert_int_equal(step(&run), DNS_ALIAS_FOLLOW);
	assert_int_equal(step(&run), DNS_ALIAS_END);
	assert_int_equal(run.reply.counts[DNS_REPLY_ANSWER], 2);
}

static void
limit(void **state)
{
	(void)state;
	struct run run;
	ask(&run, "q.grow.example");
	for (unsigned i = 0; i < DNS_ALIAS_MAX; i++)
		assert_int_equal(step(&run), DNS_ALIAS_FOLLOW);
	assert_int_equal(step(&run), DNS_ALIAS_END);
	/* The DNAME itself stands there once. */
	assert_int_equal(run.reply.counts[DNS_REPLY_ANSWER], DNS_ALIAS_MAX + 1);
}

static void
overflow(void **state)
{
	(void)state;
	struct run run;
	ask(&run, "oooooooooooooooooo.long.example");
	assert_int_equal(step(&run), DNS_ALIAS_TOO_LONG);
	assert_int_equal(run.reply.counts[DNS_REPLY_ANSWER], 1);
}

static void
full(void **state)
{
	(void)state;
	struct run run;
	ask(&run, "chain.example");
	run.reply.limit = run.reply.len + 12;
	assert_int_equal(step(&run), DNS_ALIAS_FULL);
	assert_int_equal(run.reply.counts[DNS_REPLY_ANSWER], 0);
}

static int
load_zone(void **state)
{
	(void)state;
	zone = dns_catalog_zone(
	    zone_fixture_load(example_zones, EXAMPLE_ZONES), 0);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("DNS 23, DNS 37, RFC 1034 §3.6.2: link by link", follows),
	    TEST("DNS 24, RFC 2308 §2.1: out of the zone", leaves_the_zone),
	    TEST("DNS 23: a loop ends", loop),
	    TEST("DNS 23: a chain without end ends", limit),
	    TEST("DNS 26, RFC 6672 §2.2: a name over 255 bytes", overflow),
	    TEST("DNS 30: no room, no link", full),
	};
	return cmocka_run_group_tests_name("dns_alias", tests, load_zone, NULL);
}
