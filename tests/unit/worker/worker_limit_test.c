/* worker_limit_test.c — who gets how many answers, as a worker decides it. */
#include "worker/worker_limit.h"

#include "worker/outcome.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

enum {
	SERVICE = 3,
	ALL = WORKER_LIMIT_SENDER | WORKER_LIMIT_ACCESS | WORKER_LIMIT_RATE,
	NOW = 1000000,
};

static struct settings_limit settings;
static struct worker_limit limit;
static struct shared *shared;

static struct addr
addr_of(const char *text)
{
	struct addr addr = {0};

	if (strchr(text, ':') == NULL) {
		addr.any.sa_family = AF_INET;
		addr.len = sizeof(addr.in4);
		assert_int_equal(
		    inet_pton(AF_INET, text, &addr.in4.sin_addr), 1);
	} else {
		addr.any.sa_family = AF_INET6;
		addr.len = sizeof(addr.in6);
		assert_int_equal(
		    inet_pton(AF_INET6, text, &addr.in6.sin6_addr), 1);
	}
	return addr;
}

static void
add(struct settings_prefixes *prefixes, const char *text)
{
	assert_null(prefix_parse(text, &prefixes->list[prefixes->count++]));
}

/* Settings of which a test changes what it is about, before begin(). */
static int
defaults(void **state)
{
	static const size_t no_areas[STATS_SERVICE_MAX];

	(void)state;
	settings = (struct settings_limit){
	    .interval_ms = 1000, .burst = 16, .leak = 0};
	if (shared != NULL)
		munmap(shared, sizeof(*shared));
	shared = shared_map(no_areas);
	return shared == NULL;
}

static void
begin(void)
{
	assert_true(worker_limit_init(&limit, &settings, shared));
}

/* The outcome of one datagram from TEXT. */
static unsigned
ask(const char *text)
{
	struct addr addr = addr_of(text);

	worker_limit_ahead(&limit, SERVICE, &addr, 1);
	return worker_limit_admit(&limit, ALL, &addr, 0, NOW);
}

static unsigned
count_admitted(const char *text, unsigned count)
{
	unsigned sum = 0;

	while (count-- > 0)
		sum += ask(text) == OUTCOME_NONE;
	return sum;
}

static void
what_a_service_needs_is_looked_at_where_settings_have_it(void **state)
{
	static const struct service plain = {.needs = NEED_PEER_FIRST};
	static const struct service looping = {.needs = NEED_LOOP_GUARD};
	static const struct service all = {
	    .needs = NEED_LOOP_GUARD | NEED_RATE_LIMIT | NEED_SHORT_REPLY};

	(void)state;
	begin();
	assert_int_equal(worker_limit_parts(&limit, &plain), 0);
	assert_int_equal(
	    worker_limit_parts(&limit, &looping), WORKER_LIMIT_SENDER);
	assert_int_equal(worker_limit_parts(&limit, &all),
	    WORKER_LIMIT_SENDER | WORKER_LIMIT_RATE | WORKER_LIMIT_SHORT);
	settings.interval_ms = 0;
	settings.total = 1;
	settings.amplification = SETTINGS_AMPLIFICATION_ANY;
	add(&settings.deny, "10.0.0.0/8");
	begin();
	assert_int_equal(
	    worker_limit_parts(&limit, &plain), WORKER_LIMIT_ACCESS);
	assert_int_equal(worker_limit_parts(&limit, &all),
	    WORKER_LIMIT_SENDER | WORKER_LIMIT_ACCESS | WORKER_LIMIT_TOTAL);
}

static void
without_lists_everybody_is_allowed(void **state)
{
	struct addr addr = addr_of("192.0.2.1");

	(void)state;
	begin();
	assert_true(worker_limit_allows(&limit, &addr));
}

static void
the_longest_prefix_allows_or_denies(void **state)
{
	(void)state;
	add(&settings.deny, "192.0.2.0/24");
	add(&settings.allow, "192.0.2.128/25");
	add(&settings.deny, "192.0.2.129");
	add(&settings.deny, "2001:db8::/32");
	begin();
	assert_int_equal(ask("192.0.2.1"), OUTCOME_GUARD_DENIED);
	assert_int_equal(ask("192.0.2.128"), OUTCOME_NONE);
	assert_int_equal(ask("192.0.2.129"), OUTCOME_GUARD_DENIED);
	assert_int_equal(ask("2001:db8::1"), OUTCOME_GUARD_DENIED);
}

static void
with_an_allow_others_are_denied(void **state)
{
	(void)state;
	add(&settings.allow, "192.0.2.0/24");
	begin();
	assert_int_equal(ask("192.0.2.1"), OUTCOME_NONE);
	assert_int_equal(ask("192.0.3.1"), OUTCOME_GUARD_DENIED);
	assert_int_equal(ask("2001:db8::1"), OUTCOME_GUARD_DENIED);
}

static void
with_a_deny_alone_others_are_allowed(void **state)
{
	(void)state;
	add(&settings.deny, "192.0.2.0/24");
	begin();
	assert_int_equal(ask("192.0.2.1"), OUTCOME_GUARD_DENIED);
	assert_int_equal(ask("192.0.3.1"), OUTCOME_NONE);
	assert_int_equal(ask("2001:db8::1"), OUTCOME_NONE);
}

static void
in_both_lists_is_denied(void **state)
{
	(void)state;
	add(&settings.allow, "192.0.2.0/24");
	add(&settings.deny, "192.0.2.0/24");
	begin();
	assert_int_equal(ask("192.0.2.1"), OUTCOME_GUARD_DENIED);
}

static void
nobody_can_have_sent_that(void **state)
{
	(void)state;
	begin();
	assert_int_equal(ask("255.255.255.255"), OUTCOME_GUARD_SENDER);
	assert_int_equal(ask("ff02::1"), OUTCOME_GUARD_SENDER);
}

static void
a_rate_is_each_source_s_own_and_some_are_exempt(void **state)
{
	(void)state;
	add(&settings.exempt, "127.0.0.0/8");
	add(&settings.exempt, "::1");
	begin();
	assert_int_equal(count_admitted("192.0.2.1", 100), 16);
	assert_int_equal(count_admitted("192.0.2.2", 100), 16);
	assert_int_equal(count_admitted("2001:db8::1", 100), 16);
	assert_int_equal(count_admitted("2001:db8::2", 100), 0);
	assert_int_equal(count_admitted("127.0.0.1", 100), 100);
	assert_int_equal(count_admitted("::1", 100), 100);
	assert_int_equal(ask("192.0.2.1"), OUTCOME_GUARD_RATE);
}

/* Of 4000 throws of one in four, 1000 succeed, with a deviation of 27. */
static void
one_in_rate_leak_is_answered_still(void **state)
{
	(void)state;
	settings.leak = 4;
	begin();
	unsigned admitted = count_admitted("192.0.2.1", 4016);

	assert_in_range(admitted, 1016 - 200, 1016 + 200);
	settings.leak = 1;
	begin();
	assert_int_equal(count_admitted("192.0.2.1", 100), 100);
}

static void
workers_do_not_throw_the_same(void **state)
{
	static bool firsts[256];

	(void)state;
	settings.leak = 2;
	begin();
	assert_int_equal(count_admitted("192.0.2.1", 16), 16);
	for (unsigned i = 0; i < 256; i++)
		firsts[i] = ask("192.0.2.1") == OUTCOME_NONE;
	begin();
	unsigned same = 0;

	for (unsigned i = 0; i < 256; i++)
		same += firsts[i] == (ask("192.0.2.1") == OUTCOME_NONE);
	assert_in_range(same, 128 - 80, 128 + 80);
}

static void
who_is_beyond_its_rate_is_told_once(void **state)
{
	(void)state;
	begin();
	assert_int_equal(count_admitted("192.0.2.1", 17), 16);
	assert_true(worker_limit_tells(&limit, 0, NOW));
	assert_false(worker_limit_tells(&limit, 0, NOW));
	assert_false(worker_limit_tells(&limit, 0, NOW + 60000));
	assert_true(worker_limit_tells(&limit, 0, NOW + 70000));
}

static void
a_batch_s_datagrams_have_a_source_each(void **state)
{
	const struct addr peers[3] = {
	    addr_of("192.0.2.1"), addr_of("127.0.0.1"), addr_of("2001:db8::1")};

	(void)state;
	add(&settings.exempt, "127.0.0.0/8");
	begin();
	worker_limit_ahead(&limit, SERVICE, peers, 3);
	assert_true(limit.sources[0] != 0 && limit.sources[2] != 0);
	assert_true(limit.sources[0] != limit.sources[2]);
	assert_true(limit.sources[1] == 0);
}

static void
a_total_is_shared_by_workers_and_each_service_has_its_own(void **state)
{
	static struct worker_limit other;
	unsigned sum = 0;

	(void)state;
	settings.total = 5000;
	begin();
	assert_true(worker_limit_init(&other, &settings, shared));
	for (unsigned i = 0; i < 1000; i++) {
		sum += worker_limit_take(&limit, SERVICE, NOW);
		sum += worker_limit_take(&other, SERVICE, NOW);
	}
	/* A tenth of a second's. */
	assert_int_equal(sum, 501);
	assert_true(worker_limit_take(&limit, SERVICE + 1, NOW));
	assert_true(worker_limit_take(&limit, SERVICE, NOW + 10));
}

static size_t
reply_max_of(const struct service *service, const char *text, size_t len)
{
	struct addr peer = addr_of(text);
	struct datagram question = {
	    .bytes.len = len,
	    .peer = &peer,
	    .now_ms = NOW,
	    .reply_max = 512,
	};

	return worker_limit_reply_max(&limit, service, &question);
}

static size_t
reply_max(const char *text, size_t len)
{
	static const struct service service;

	return reply_max_of(&service, text, len);
}

static void
beyond_our_networks_no_reply_is_longer(void **state)
{
	(void)state;
	begin();
	/* 198.18.0.0/15 is for benchmarks (RFC 2544): nobody's network. */
	assert_int_equal(reply_max("198.18.255.1", 0), 0);
	assert_int_equal(reply_max("198.18.255.1", 26), 26);
	assert_int_equal(reply_max("198.18.255.1", 600), 512);
	assert_int_equal(reply_max("127.0.0.1", 0), 512);
	settings.amplification = SETTINGS_AMPLIFICATION_NONE;
	begin();
	assert_int_equal(reply_max("127.0.0.1", 0), 0);
	assert_int_equal(reply_max("127.0.0.1", 26), 26);
}

static void
beyond_our_networks_a_reply_grows_by_so_much(void **state)
{
	static const struct service service = {.reply_growth = 16};

	(void)state;
	begin();
	assert_int_equal(reply_max_of(&service, "198.18.255.1", 0), 16);
	assert_int_equal(reply_max_of(&service, "198.18.255.1", 490), 506);
	assert_int_equal(reply_max_of(&service, "198.18.255.1", 500), 512);
	assert_int_equal(reply_max_of(&service, "127.0.0.1", 0), 512);
}

#define TEST(name, function)                                                   \
	{                                                                      \
		name, function, defaults, NULL, NULL                           \
	}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("what a service needs is looked at where settings have it",
	        what_a_service_needs_is_looked_at_where_settings_have_it),
	    TEST("without lists everybody is allowed",
	        without_lists_everybody_is_allowed),
	    TEST("TIME 32: the longest prefix allows or denies",
	        the_longest_prefix_allows_or_denies),
	    TEST("TIME 32: with an allow, others are denied",
	        with_an_allow_others_are_denied),
	    TEST("TIME 32: with a deny alone, others are allowed",
	        with_a_deny_alone_others_are_allowed),
	    TEST("TIME 32: who is in both lists is denied",
	        in_both_lists_is_denied),
	    TEST("TIME 45: nobody can have sent that",
	        nobody_can_have_sent_that),
	    TEST("TIME 30: a rate is each source's own, and some are exempt",
	        a_rate_is_each_source_s_own_and_some_are_exempt),
	    TEST("TIME 30: one in rate_leak is answered still",
	        one_in_rate_leak_is_answered_still),
	    TEST("TIME 30: workers do not throw the same",
	        workers_do_not_throw_the_same),
	    TEST("TIME 30, RFC 8633 §5.4: who is beyond its rate is told once",
	        who_is_beyond_its_rate_is_told_once),
	    TEST("a batch's datagrams have a source each",
	        a_batch_s_datagrams_have_a_source_each),
	    TEST("TIME 46: a total is shared by workers, each service has its "
	         "own",
	        a_total_is_shared_by_workers_and_each_service_has_its_own),
	    TEST("TIME 40: beyond our networks no reply is longer",
	        beyond_our_networks_no_reply_is_longer),
	    TEST("beyond our networks a reply grows by so much",
	        beyond_our_networks_a_reply_grows_by_so_much),
	};

	return cmocka_run_group_tests_name("worker_limit", tests, NULL, NULL);
}
