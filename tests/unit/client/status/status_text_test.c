/* status_text_test.c — what the daemon says of itself, understood. */
#include "client/status/status_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define HEAD                                                                   \
	"netlabd-status 1\n"                                                   \
	"daemon version=0.1.0 pid=12 state=running generation=3 "              \
	"uptime_ms=4000 now_ms=5000\n"                                         \
	"file path=/etc/a file text=1.conf\n"

static struct status_text status;

static bool
reads(const char *text)
{
	return status_text_read(span_of(text), &status);
}

static void
assert_span(struct span span, const char *expected)
{
	assert_int_equal(span.len, strlen(expected));
	assert_memory_equal(span.data, expected, span.len);
}

static void
test_head(void **state)
{
	(void)state;
	assert_true(reads(HEAD "end\n"));
	assert_span(status.version, "0.1.0");
	assert_span(status.state, "running");
	assert_span(status.file, "/etc/a file text=1.conf");
	assert_int_equal(status.pid, 12);
	assert_int_equal(status.generation, 3);
	assert_int_equal(status.uptime_ms, 4000);
	assert_int_equal(status.now_ms, 5000);
	assert_false(status.has_reload);
	assert_int_equal(status.broken.len, 0);
	assert_int_equal(status.worker_count, 0);
}

static void
test_broken(void **state)
{
	(void)state;
	assert_true(reads(HEAD "broken text=/a.zone:4: no text=1\nend\n"));
	assert_span(status.broken, "/a.zone:4: no text=1");
	assert_false(reads(HEAD "broken\nend\n"));
}

static void
test_reload(void **state)
{
	(void)state;
	assert_true(reads(HEAD "reload outcome=failed ago_ms=7 "
	                       "text=reload failed: ago_ms=8\nend\n"));
	assert_true(status.has_reload);
	assert_span(status.reload_outcome, "failed");
	assert_span(status.reload_text, "reload failed: ago_ms=8");
	assert_int_equal(status.reload_ago_ms, 7);
	/* What stands in a text is no key. */
	assert_false(
	    reads(HEAD "reload outcome=failed text=x ago_ms=8\nend\n"));
}

static void
test_workers(void **state)
{
	(void)state;
	assert_true(reads(
	    HEAD "role name=dns workers=2 running=1\n"
	         "worker role=dns slot=0 generation=3 state=running restarts=1 "
	         "pid=13 uptime_ms=14\n"
	         "worker role=dns slot=1 generation=3 state=waiting restarts=2 "
	         "hangs=1 next_ms=400 lent_to=0\n"
	         "end\n"));
	assert_int_equal(status.role_count, 1);
	assert_int_equal(status.roles[0].workers, 2);
	assert_int_equal(status.roles[0].running, 1);
	assert_int_equal(status.worker_count, 2);
	const struct status_text_worker *one = &status.workers[0];

	assert_span(one->role, "dns");
	assert_span(one->state, "running");
	assert_true(one->has_pid);
	assert_int_equal(one->pid, 13);
	assert_int_equal(one->uptime_ms, 14);
	assert_int_equal(one->restarts, 1);
	assert_int_equal(one->hangs, 0);
	assert_false(one->has_next);
	assert_false(one->is_lent);
	one = &status.workers[1];
	assert_int_equal(one->hangs, 1);
	assert_false(one->has_pid);
	assert_true(one->has_next);
	assert_int_equal(one->next_ms, 400);
	assert_true(one->is_lent);
	assert_int_equal(one->lent_to, 0);
}

static void
test_services_and_their_counters(void **state)
{
	(void)state;
	assert_true(reads(HEAD
	    "listener transport=udp addr=[::1]:53 service=dns role=dns first=0 "
	    "last=1 proxied=0\n"
	    "service name=dns role=dns received=18446744073709551615 sent=2 "
	    "send_errors=3 connections=4\n"
	    "refusal name=x count=5\nguard name=x count=6\n"
	    "outcome name=x count=7\n"
	    "service name=ntp role=time received=0 sent=0 send_errors=0 "
	    "connections=0\nend\n"));
	assert_int_equal(status.listener_count, 1);
	assert_span(status.listeners[0].addr, "[::1]:53");
	assert_int_equal(status.listeners[0].last, 1);
	assert_int_equal(status.service_count, 2);
	const struct status_text_service *dns =
	    status_text_service(&status, span_of("dns"));

	assert_ptr_equal(dns, &status.services[0]);
	assert_true(dns->received == UINT64_MAX);
	assert_int_equal(dns->connections, 4);
	assert_int_equal(dns->counter_count, 3);
	assert_int_equal(
	    status_text_count(dns, STATUS_TEXT_REFUSAL, span_of("x")), 5);
	assert_int_equal(
	    status_text_count(dns, STATUS_TEXT_GUARD, span_of("x")), 6);
	assert_int_equal(
	    status_text_count(dns, STATUS_TEXT_OUTCOME, span_of("x")), 7);
	assert_int_equal(
	    status_text_count(dns, STATUS_TEXT_OUTCOME, span_of("y")), 0);
	assert_null(status_text_service(&status, span_of("dn")));
}

static void
test_what_a_newer_daemon_adds_is_passed_over(void **state)
{
	(void)state;
	assert_true(reads(HEAD "weather sun=1\n\n"
	                       "role new=1 name=dns workers=1 running=1 x\n"
	                       "end\n"));
	assert_span(status.roles[0].name, "dns");
}

static void
test_malformed(void **state)
{
	static const char *const texts[] = {
	    "",
	    "\n",
	    "netlabd-status 1",
	    "netlabd-status 1\n",
	    "netlabd-status 2\n",
	    "netlabd-status 1\nend\n",
	    HEAD,
	    HEAD "end\nx",
	    HEAD "end\nend\n",
	    HEAD "role name=dns workers=-1 running=1\nend\n",
	    HEAD "role name=dns workers= running=1\nend\n",
	    HEAD "role name=dns workers=1x running=1\nend\n",
	    HEAD "role name=dns workers=18446744073709551616 running=1\nend\n",
	    HEAD "role name=dns workers=1\nend\n",
	    HEAD "role\nend\n",
	    HEAD "reload\nend\n",
	    HEAD "worker\nend\n",
	    HEAD "worker role=dns slot=0 generation=3 state=running restarts=1 "
	         "pid=13\nend\n",
	    HEAD "worker role=dns slot=0 generation=3 state=running restarts=1 "
	         "next_ms=\nend\n",
	    HEAD "listener\nend\n",
	    HEAD "service\nend\n",
	    HEAD "outcome name=x count=1\nend\n",
	    "netlabd-status 1\nfile path=x\nend\n",
	    /* no file */
	    ("netlabd-status 1\ndaemon version=1 pid=12 state=running "
	     "generation=3 uptime_ms=4000 now_ms=5000\nend\n"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (reads(texts[i]))
			fail_msg("is taken: %s", texts[i]);
}

/* LINE as often as COUNT, between HEAD (and SERVICE) and the end. */
static bool
reads_lines(const char *before, const char *line, size_t count)
{
	size_t len;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	fputs(before, out);
	for (size_t i = 0; i < count; i++)
		fputs(line, out);
	fputs("end\n", out);
	fclose(out);
	bool is_read =
	    status_text_read((struct span){(uint8_t *)text, len}, &status);

	free(text);
	return is_read;
}

static void
test_as_many_as_there_can_be_and_one_more(void **state)
{
	static const char service[] =
	    "service name=dns role=dns received=0 sent=0 send_errors=0 "
	    "connections=0\n";
	static const struct {
		const char *before, *line;
		size_t most;
	} lists[] = {
	    {HEAD, "role name=dns workers=1 running=1\n", ROLE_COUNT},
	    {HEAD,
	        "worker role=dns slot=0 generation=3 state=x restarts=1 "
	        "pid=1 uptime_ms=1\n",
	        STATUS_WORKER_MAX},
	    {HEAD,
	        "listener transport=udp addr=1 service=x role=x first=0 last=0 "
	        "proxied=1\n",
	        SETTINGS_LISTEN_MAX},
	    {HEAD, service, STATS_SERVICE_MAX},
	    {HEAD "service name=dns role=dns received=0 sent=0 send_errors=0 "
	          "connections=0\n",
	        "guard name=x count=1\n", STATUS_TEXT_COUNTER_MAX},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		assert_true(
		    reads_lines(lists[i].before, lists[i].line, lists[i].most));
		assert_false(reads_lines(
		    lists[i].before, lists[i].line, lists[i].most + 1));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_head),
	    cmocka_unit_test(test_broken),
	    cmocka_unit_test(test_reload),
	    cmocka_unit_test(test_workers),
	    cmocka_unit_test(test_services_and_their_counters),
	    cmocka_unit_test(test_what_a_newer_daemon_adds_is_passed_over),
	    cmocka_unit_test(test_malformed),
	    cmocka_unit_test(test_as_many_as_there_can_be_and_one_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
