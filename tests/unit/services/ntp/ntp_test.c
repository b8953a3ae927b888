/* ntp_test.c — the door over a clock state from a file. The numbers are those
 * of the time requirements. */
#include "services/ntp/ntp.h"

#include "core/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

enum { SIZE = 1280 };

/* The clock's state as the room reads it. */
struct fixture {
	char path[64];
	void *ntp;
};

static void
set_state(const struct fixture *fixture, const char *text)
{
	FILE *file = fopen(fixture->path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static struct fixture
begin(const char *text, uint32_t local_stratum)
{
	struct fixture fixture = {.path = "/tmp/ntp_test.XXXXXX"};
	int fd = mkstemp(fixture.path);
	struct service_start start = {
	    .part = {(const uint8_t *)&local_stratum, sizeof(local_stratum)},
	};

	assert_int_not_equal(fd, -1);
	close(fd);
	set_state(&fixture, text);
	assert_int_equal(setenv("NETLABD_TEST_TIMEX", fixture.path, 1), 0);
	fixture.ntp = ntp_service.start(&start);
	assert_non_null(fixture.ntp);
	return fixture;
}

static void
end(struct fixture *fixture)
{
	unlink(fixture->path);
	free(fixture->ntp);
}

/* Asks with LEN bytes whose first is FIRST; returns the outcome's name. */
static const char *
ask(const struct fixture *fixture, unsigned first, size_t len,
    uint64_t received_ns, uint8_t out[SIZE], size_t *out_len)
{
	uint8_t packet[SIZE] = {(uint8_t)first};
	struct datagram question = {
	    .bytes = {packet, len},
	    .received_ns = received_ns,
	};
	struct reply reply = ntp_service.answer(
	    fixture->ntp, &question, (struct space){out, SIZE});

	assert_true(reply.is_silent || reply.len <= len);
	*out_len = reply.is_silent ? 0 : reply.len;
	for (unsigned i = 0; i < reply.outcome; i++)
		assert_non_null(ntp_service.outcomes[i]);
	return ntp_service.outcomes[reply.outcome];
}

static uint64_t
stamp_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return ((uint64_t)now.tv_sec + 2208988800) << 32 |
	       ((uint64_t)now.tv_nsec << 32) / 1000000000;
}

static void
outcomes(void **state)
{
	static const struct {
		unsigned first;
		size_t len;
		const char *outcome;
		size_t reply;
	} cases[] = {
	    {0x23, 48, "answered", 48},
	    {0x1b, 48, "answered", 48},
	    {0x23, 0, "bad_length", 0},
	    {0x23, 47, "bad_length", 0},
	    {0x23, 50, "bad_length", 0},
	    {0x13, 48, "bad_version", 0},
	    {0x2b, 48, "bad_version", 0},
	    {0x21, 48, "bad_mode", 0},
	    {0x24, 48, "bad_mode", 0},
	    {0x25, 48, "bad_mode", 0},
	    {0x16, 12, "control_mode", 0},
	    {0x17, 8, "private_mode", 0},
	    {0x23, 64, "bad_extension", 0},
	    {0x23, 1280, "bad_extension", 0},
	    {0x23, 52, "mac_unsupported", 0},
	    {0x23, 68, "mac_unsupported", 0},
	};
	struct fixture fixture = begin("1 20000 1000 0", 0);
	uint8_t out[SIZE];
	size_t len;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_string_equal(
		    ask(&fixture, cases[i].first, cases[i].len, 0, out, &len),
		    cases[i].outcome);
		assert_int_equal(len, cases[i].reply);
	}
	end(&fixture);
}

static void
stamps(void **state)
{
	struct fixture fixture = begin("1 20000 1000 0", 0);
	uint8_t out[SIZE];
	size_t len;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		uint64_t before = stamp_now();

		ask(&fixture, 0x23, 48, 0, out, &len);
		uint64_t after = stamp_now();
		uint64_t receive = bytes_get64be(out + 32);
		uint64_t transmit = bytes_get64be(out + 40);

		assert_true(before <= receive && receive < transmit);
		assert_true(transmit <= after + 1);
		assert_true(bytes_get64be(out + 16) < transmit);
	}
	end(&fixture);
}

static void
kernel_stamp(void **state)
{
	struct fixture fixture = begin("1 20000 1000 0", 0);
	uint8_t out[SIZE];
	size_t len;

	(void)state;
	ask(&fixture, 0x23, 48, 1795226963500000000, out, &len);
	if (time(NULL) > 1795226963)
		assert_true(bytes_get64be(out + 32) ==
		            ((UINT64_C(1795226963) + 2208988800) << 32 |
		                UINT32_C(1) << 31));
	end(&fixture);
}

static void
unsynchronised(void **state)
{
	/* The last two: what a file that cannot be understood means. */
	static const char *const states[] = {
	    "64 16000000 16000000 5",
	    "1 16000000 16000000 0",
	    "",
	    "no number",
	};
	uint8_t out[SIZE];
	size_t len;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct fixture fixture = begin(states[i], 0);

		assert_string_equal(
		    ask(&fixture, 0x23, 48, 0, out, &len), "unsynchronised");
		assert_int_equal(len, 48);
		assert_int_equal(out[0], 0xe4);
		assert_int_equal(out[1], 0);
		end(&fixture);
		fixture = begin(states[i], 7);
		assert_string_equal(
		    ask(&fixture, 0x23, 48, 0, out, &len), "answered");
		assert_int_equal(out[0], 0x24);
		assert_int_equal(out[1], 7);
		end(&fixture);
	}
}

static void
state_changes(void **state)
{
	struct fixture fixture = begin("1 20000 1000 0", 0);
	struct timespec pause = {.tv_sec = 1, .tv_nsec = 10000000};
	uint8_t out[SIZE];
	size_t len;

	(void)state;
	assert_string_equal(ask(&fixture, 0x23, 48, 0, out, &len), "answered");
	set_state(&fixture, "64 16000000 16000000 5");
	nanosleep(&pause, NULL);
	assert_string_equal(
	    ask(&fixture, 0x23, 48, 0, out, &len), "unsynchronised");
	end(&fixture);
}

static void
precision(void **state)
{
	struct fixture fixture = begin("1 20000 1000 0", 0);
	uint8_t out[SIZE];
	size_t len;

	(void)state;
	ask(&fixture, 0x23, 48, 0, out, &len);
	assert_in_range((int8_t)out[3] + 128, -31 + 128, -6 + 128);
	end(&fixture);
}

static void
kernel(void **state)
{
	uint32_t local_stratum = 0;
	struct service_start start = {
	    .part = {(const uint8_t *)&local_stratum, sizeof(local_stratum)},
	};
	struct timex timex = {.modes = 0};
	uint8_t out[SIZE];
	size_t len;

	(void)state;
	assert_int_equal(unsetenv("NETLABD_TEST_TIMEX"), 0);
	struct fixture fixture = {.ntp = ntp_service.start(&start)};

	assert_non_null(fixture.ntp);
	bool is_lost =
	    adjtimex(&timex) == TIME_ERROR || timex.maxerror >= 16000000;
	const char *outcome = ask(&fixture, 0x23, 48, 0, out, &len);

	assert_int_equal(len, 48);
	assert_string_equal(outcome, is_lost ? "unsynchronised" : "answered");
	free(fixture.ntp);
}

static void
bad_start(void **state)
{
	struct service_start start = {.part = {NULL, 0}};

	(void)state;
	assert_null(ntp_service.start(&start));
	assert_int_equal(setenv("NETLABD_TEST_TIMEX", "/nonexistent", 1), 0);
	uint32_t local_stratum = 0;

	start.part = (struct span){
	    (const uint8_t *)&local_stratum, sizeof(local_stratum)};
	assert_null(ntp_service.start(&start));
	assert_int_equal(unsetenv("NETLABD_TEST_TIMEX"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 1, 23, 24: one outcome each, no reply is longer",
	        outcomes),
	    TEST("TIME 6, 8: stamps lie within the exchange (RFC 5905 §8)",
	        stamps),
	    TEST("TIME 6: the kernel's receive stamp", kernel_stamp),
	    TEST("TIME 9, 13: unsynchronised, or local (RFC 5905 §7.3)",
	        unsynchronised),
	    TEST("TIME 13: within two seconds", state_changes),
	    TEST("TIME 15: precision", precision),
	    TEST("TIME 9: over the kernel's clock", kernel),
	    TEST("a start without its part or test file fails", bad_start),
	};

	return cmocka_run_group_tests_name("ntp", tests, NULL, NULL);
}
