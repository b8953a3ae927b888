/* status_table_test.c — the tables, exactly, and none wider than 80 columns. */
#include "client/status/status_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define HEAD(pid, generation, now)                                             \
	"netlabd-status 1\n"                                                   \
	"daemon version=0.1.0 pid=" #pid                                       \
	" state=running generation=" #generation                               \
	" uptime_ms=303000 now_ms=" #now "\n"                                  \
	"file path=/etc/netlabd.conf\n"

#define SERVICE(received, sent, ok)                                            \
	"service name=dns role=dns received=" #received " sent=" #sent         \
	" send_errors=0 connections=3\n"                                       \
	"refusal name=refused_full count=0\n"                                  \
	"guard name=guard_rate count=2\n"                                      \
	"outcome name=noerror count=" #ok "\n"

static struct status_text before, now;
static char *text;

static void
read_into(struct status_text *status, const char *from)
{
	assert_true(status_text_read(span_of(from), status));
}

/* NOW, beside BEFORE or alone, as it is printed. */
static const char *
print(bool is_beside, bool has_color)
{
	size_t len;
	struct screen screen = {.has_color = has_color, .width = SCREEN_WIDTH};
	struct status_view view;

	free(text);
	screen.out = open_memstream(&text, &len);
	assert_non_null(screen.out);
	status_view_make(&view, &now, is_beside ? &before : NULL);
	status_table(&screen, &view);
	fclose(screen.out);
	return text;
}

static int
tear_down(void **state)
{
	(void)state;
	free(text);
	text = NULL;
	return 0;
}

static void
assert_has(const char *expected)
{
	if (strstr(text, expected) == NULL)
		fail_msg("no\n%s\nin\n%s", expected, text);
}

static void
test_one_look(void **state)
{
	(void)state;
	read_into(&now,
	    HEAD(12, 3, 5000) "broken text=a.zone:4: nonsense\n"
	                      "reload outcome=failed ago_ms=12000 text=reload "
	                      "failed: 1 error\n"
	                      "role name=dns workers=2 running=1\n"
	                      "role name=chat workers=1 running=1\n"
	                      "worker role=dns slot=0 generation=3 "
	                      "state=running restarts=0 "
	                      "pid=4194304 uptime_ms=1051200000\n"
	                      "worker role=dns slot=1 generation=3 "
	                      "state=waiting restarts=7 hangs=3 "
	                      "next_ms=400 lent_to=0\n"
	                      "worker role=chat slot=0 generation=2 "
	                      "state=draining restarts=0 "
	                      "pid=9 uptime_ms=400\n"
	                      "listener transport=udp addr=127.0.0.1:53 "
	                      "service=dns role=dns "
	                      "first=0 last=1 proxied=0\n"
	                      "listener transport=tcp addr=[::1]:31621 "
	                      "service=chat role=chat "
	                      "first=0 last=0 proxied=1\n" SERVICE(
	                          12, 10, 10) "end\n");
	assert_string_equal(print(false, false),
	    "netlabd 0.1.0 is running: pid 12, up 5m03s, generation 3\n"
	    "/etc/netlabd.conf\n"
	    "broken: a.zone:4: nonsense\n"
	    "reload failed: 1 error, 12s ago\n"
	    "workers: dns 1/2, chat 1/1\n"
	    "\n"
	    "SERVICE      RECEIVED        SENT SEND ERRORS CONNECTIONS\n"
	    "dns                12          10           0           3\n"
	    "  guard_rate 2, noerror 10\n"
	    "\n"
	    "WORKER   STATE         PID   UPTIME  RESTARTS\n"
	    "dns 0    running   4194304   12d04h         0\n"
	    "dns 1    waiting         -        -         7  next in 0.4s, "
	    "lent to 0, hangs: 3\n"
	    "chat 0   draining        9     0.4s         0  gen. 2\n"
	    "\n"
	    "LISTENER          SERVICE  WORKERS\n"
	    "udp 127.0.0.1:53  dns      dns 0-1\n"
	    "tcp [::1]:31621   chat     chat 0  proxied\n");
}

static void
test_rates_since_the_look_before(void **state)
{
	(void)state;
	read_into(&before, HEAD(12, 3, 5000) SERVICE(12, 10, 10) "end\n");
	read_into(&now, HEAD(12, 3, 7000) SERVICE(1012, 13, 13) "end\n");
	print(true, false);
	assert_has("\nSERVICE      RECEIVED        SENT SEND ERRORS "
	           "CONNECTIONS  RECEIVED/S\n"
	           "dns              1012          13           0           3 "
	           "        500\n"
	           "  guard_rate 2, noerror 13 (1.5/s)\n");
}

/* Another process counts from 0 again. */
static void
test_after_a_restart_there_are_no_rates(void **state)
{
	(void)state;
	read_into(&before, HEAD(12, 3, 5000) SERVICE(12, 10, 10) "end\n");
	read_into(&now, HEAD(13, 1, 7000) SERVICE(1012, 13, 13) "end\n");
	print(true, false);
	assert_has("\n* restarted: pid 12, now 13\n");
	assert_null(strstr(text, "/S\n"));
}

static void
test_after_a_reload_rates_go_on(void **state)
{
	(void)state;
	read_into(&before, HEAD(12, 3, 5000) SERVICE(12, 10, 10) "end\n");
	read_into(&now, HEAD(12, 4, 7000) SERVICE(
	                    12, 10, 10) "service name=ntp role=time received=9 "
	                                "sent=9 send_errors=0 "
	                                "connections=0\nend\n");
	print(true, false);
	assert_has("\n* reloaded: generation 3, now 4\n");
	/* A service that is new has none yet. */
	assert_has("\nntp                 9           9           0           "
	           "0\n");
}

/* In every line at most 80 columns, whatever is counted. */
static void
assert_fits(void)
{
	for (const char *line = text; *line != '\0';) {
		size_t len = strcspn(line, "\n");

		if (len > SCREEN_WIDTH)
			fail_msg("%zu columns: %.*s", len, (int)len, line);
		line += len + 1;
	}
}

static void
test_a_large_one_fits_in_80_columns(void **state)
{
	(void)state;
	read_into(&before, HEAD(12, 3, 5000) "service name=discard role=chat "
	                                     "received=0 sent=0 send_errors=0 "
	                                     "connections=0\nend\n");
	read_into(&now,
	    HEAD(4194304, 3,
	        7000) "role name=http workers=64 running=64\n"
	              "role name=dns workers=64 running=64\n"
	              "role name=time workers=64 running=64\n"
	              "role name=lab workers=64 running=64\n"
	              "role name=chat workers=1 running=1\n"
	              "worker role=http slot=63 generation=99 state=waiting "
	              "restarts=999999999 next_ms=400 lent_to=62\n"
	              "worker role=http slot=63 generation=2 state=draining "
	              "restarts=1 "
	              "pid=4194304 uptime_ms=106384710000\n"
	              "listener transport=udp "
	              "addr=[2001:db8:1111:2222:3333:4444:5555:6666]:65535 "
	              "service=discard role=http first=10 last=63 proxied=1\n"
	              "service name=discard role=chat "
	              "received=18446744073709551615 "
	              "sent=99999999999 send_errors=99999999999 "
	              "connections=99999999999\n"
	              "refusal name=refused_proxy_header count=99999999999\n"
	              "guard name=guard_amplification count=99999999999\n"
	              "guard name=guard_broadcast count=99999999999\n"
	              "outcome name=unsynchronised count=18446744073709551615\n"
	              "outcome name=x count=1\n"
	              "end\n");
	before.pid = now.pid;
	print(true, false);
	assert_fits();
	assert_has("\n  refused_proxy_header 99999999999 (5.0e+10/s),\n"
	           "  guard_amplification 99999999999 (5.0e+10/s),\n");
	/* Columns stay apart. */
	assert_has(" 18.4E 99999999999 99999999999 99999999999     9.2e+18\n");
}

static void
test_no_byte_of_the_text_steers_the_terminal(void **state)
{
	(void)state;
	read_into(&now,
	    "netlabd-status 1\n"
	    "daemon version=\x1b[2J pid=1 state=\x1b[2J generation=3 "
	    "uptime_ms=1 now_ms=1\n"
	    "file path=\x1b[2J\n"
	    "reload outcome=\x1b ago_ms=1 text=\x1b[2J\n"
	    "role name=\x1b[2J workers=2 running=1\n"
	    "worker role=\x1b slot=0 generation=3 state=\x1b restarts=0 "
	    "pid=1 uptime_ms=1\n"
	    "listener transport=\x1b addr=\x1b service=\x1b role=\x1b "
	    "first=0 last=1 proxied=0\n"
	    "service name=\x1b role=\x1b received=0 sent=0 send_errors=0 "
	    "connections=0\nguard name=\x1b count=1\nend\n");
	assert_null(strchr(print(false, false), '\x1b'));
	/* In colour there are escapes, of ours alone. */
	assert_null(strstr(print(false, true), "\x1b[2J"));
}

static void
test_colour_changes_nothing_but_the_colour(void **state)
{
	(void)state;
	read_into(&now, HEAD(12, 3, 5000) SERVICE(12, 10, 10) "end\n");
	char *plain = strdup(print(false, false));
	const char *colored = print(false, true);

	assert_non_null(strstr(colored, "\x1b[32mrunning\x1b[0m"));
	for (const char *c = plain; *c != '\0'; c++, colored++) {
		while (*colored == '\x1b')
			colored = strchr(colored, 'm') + 1;
		assert_int_equal(*colored, *c);
	}
	free(plain);
}

#define PRINTED(test) cmocka_unit_test_teardown(test, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    PRINTED(test_one_look),
	    PRINTED(test_rates_since_the_look_before),
	    PRINTED(test_after_a_restart_there_are_no_rates),
	    PRINTED(test_after_a_reload_rates_go_on),
	    PRINTED(test_a_large_one_fits_in_80_columns),
	    PRINTED(test_no_byte_of_the_text_steers_the_terminal),
	    PRINTED(test_colour_changes_nothing_but_the_colour),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
