/* clock_source_test.c — whose word is told; the numbers are those of the time
 * requirements. */
#include "clock_answer.h"

#include "services/clock/clock_source.h"

static struct clock_kernel_facts
good_kernel(void)
{
	return facts(STA_PLL, TIME_OK, 20000);
}

static struct clock_kernel_facts
bad_kernel(void)
{
	return facts(STA_UNSYNC, TIME_ERROR, 16000000);
}

static struct clock_settings
settings_of(uint8_t local_stratum)
{
	struct clock_settings settings = mirror_settings;

	settings.local_stratum = local_stratum;
	return settings;
}

static struct sync_state
expect(struct clock_source *source, const struct clock_settings *settings,
    struct clock_kernel_facts reading, struct clock_moment now,
    enum clock_source_kind kind)
{
	struct sync_state state =
	    clock_source_read(source, settings, &reading, &now);

	assert_int_equal(source->kind, kind);
	assert_int_equal(state.precision, source->precision);
	assert_true(state.reference_ns <= now.real_ns);
	if (kind == CLOCK_SOURCE_NONE)
		assert_unsynchronised(state);
	else
		assert_true(state.reference_ns != 0);
	return state;
}

static void
order(void **state)
{
	struct clock_settings with = settings_of(12), without = settings_of(0);
	struct clock_source source = {.precision = -24};

	(void)state;
	expect(&source, &with, good_kernel(), at(0), CLOCK_SOURCE_KERNEL);
	expect(&source, &with, bad_kernel(), at(0), CLOCK_SOURCE_LOCAL);
	expect(&source, &without, bad_kernel(), at(0), CLOCK_SOURCE_NONE);
	ask_and_take(&source.mirror, at(1), NULL);
	assert_int_equal(
	    expect(&source, &with, good_kernel(), at(1), CLOCK_SOURCE_MIRROR)
	        .stratum,
	    3);
	expect(&source, &without, bad_kernel(), at(1), CLOCK_SOURCE_MIRROR);
}

static void
unsynchronise(struct answer *answer)
{
	answer->leap = 3;
}

/* Who keeps the clock says that it does not know the time: the kernel is not
 * asked, but a declaration holds. */
static void
mirror_is_not_synchronised(void **state)
{
	struct clock_settings with = settings_of(12), without = settings_of(0);
	struct clock_source source = {.precision = -24};

	(void)state;
	ask_and_take(&source.mirror, at(0), unsynchronise);
	expect(&source, &without, good_kernel(), at(0), CLOCK_SOURCE_NONE);
	assert_int_equal(
	    expect(&source, &with, good_kernel(), at(0), CLOCK_SOURCE_LOCAL)
	        .stratum,
	    12);
}

static void
local(void **state)
{
	struct clock_source source = {.precision = -24};

	(void)state;
	for (uint8_t stratum = 1; stratum <= 15; stratum++) {
		struct clock_settings settings = settings_of(stratum);

		settings.refid = stratum == 1 ? 0x4c4f434c : 0;
		struct sync_state told = expect(&source, &settings,
		    bad_kernel(), at(0), CLOCK_SOURCE_LOCAL);

		assert_int_equal(told.leap, SYNC_LEAP_NONE);
		assert_int_equal(told.stratum, stratum);
		assert_int_equal(
		    told.refid, stratum == 1 ? 0x4c4f434c : 0x7f7f0101);
		assert_true(now_ns - told.reference_ns <= 64 * second_ns);
		/* Far below what makes a client refuse: 1.5 s in ntpd. */
		assert_true(told.root_dispersion_ns < 6010000);
	}
}

/* Between two of its corrections, one each 64 s, the bound grows. */
static void
local_grows(void **state)
{
	struct clock_settings settings = settings_of(10);
	struct clock_source source = {.precision = -24};
	struct sync_state before = {0};
	unsigned corrections = 0;

	(void)state;
	for (uint64_t i = 0; i < 200; i++) {
		struct sync_state told = expect(&source, &settings,
		    bad_kernel(), at(i), CLOCK_SOURCE_LOCAL);

		if (i > 0 && told.reference_ns == before.reference_ns)
			assert_true(told.root_dispersion_ns >=
			            before.root_dispersion_ns + 15000);
		else
			corrections++;
		assert_true(told.root_dispersion_ns >= 5000000);
		before = told;
	}
	assert_int_equal(corrections, 1 + 200 / 64);
}

static void
local_in_a_leap_second(void **state)
{
	struct clock_settings settings = settings_of(10);
	struct clock_source source = {.precision = -24};

	(void)state;
	assert_int_equal(expect(&source, &settings,
	                     facts(STA_UNSYNC | STA_INS, TIME_ERROR, 16000000),
	                     at(0), CLOCK_SOURCE_LOCAL)
	                     .leap,
	    SYNC_LEAP_INSERT);
	expect(&source, &settings, facts(STA_INS, TIME_OOP, 1000), at(1),
	    CLOCK_SOURCE_NONE);
}

static void
kernel_does_not_tell(void **state)
{
	const struct clock_kernel_facts unknown = {.is_known = false};
	struct clock_settings with = settings_of(7), without = settings_of(0);
	struct clock_source source = {.precision = -24};

	(void)state;
	expect(&source, &without, unknown, at(0), CLOCK_SOURCE_NONE);
	expect(&source, &with, unknown, at(0), CLOCK_SOURCE_LOCAL);
}

/* While a mirror speaks, the kernel is watched: its last correction is known
 * when the mirror is silent. */
static void
from_mirror_to_kernel(void **state)
{
	struct clock_settings settings = settings_of(0);
	struct clock_source source = {.precision = -24};
	uint8_t packet[CLOCK_MIRROR_LEN];
	struct sync_state told;
	uint64_t now = 0;

	(void)state;
	for (; now < 10; now++) {
		ask_and_take(&source.mirror, at(now), NULL);
		expect(&source, &settings,
		    facts(0, TIME_OK, now < 5 ? 90000 : 40000), at(now),
		    CLOCK_SOURCE_MIRROR);
	}
	/* A bound of 20 ms is above a second in 65,000 seconds. */
	for (; now < 14; now++) {
		struct clock_moment moment = at(now);

		clock_mirror_ask(&source.mirror, now, &moment, packet);
		told = expect(&source, &settings, facts(0, TIME_OK, 40000),
		    moment, CLOCK_SOURCE_MIRROR);
	}
	assert_int_equal(told.stratum, 3);
	source.mirror.state.root_dispersion_ns = second_ns;
	told = expect(&source, &settings, facts(0, TIME_OK, 40000), at(now),
	    CLOCK_SOURCE_KERNEL);
	assert_int_equal(told.stratum, 10);
	assert_true(told.reference_ns == at(5).real_ns);
}

/* A clock set by an hour, forwards and back again, for all sources. */
static void
stepped(void **state)
{
	struct clock_settings settings = settings_of(12);

	(void)state;
	for (unsigned kind = 0; kind < 3; kind++) {
		struct clock_source source = {.precision = -24};
		struct clock_kernel_facts reading =
		    kind == 1 ? good_kernel() : bad_kernel();

		if (kind == 0)
			ask_and_take(&source.mirror, at(0), NULL);
		for (uint64_t i = 1; i < 20; i++) {
			struct clock_moment now = at(i);

			if (i >= 5 && i < 10)
				now.real_ns += 3600 * second_ns;
			if (i >= 15)
				now.real_ns -= 3600 * second_ns;
			struct sync_state told = clock_source_read(
			    &source, &settings, &reading, &now);

			assert_int_equal(told.leap, SYNC_LEAP_NONE);
			assert_true(told.stratum != 0);
			assert_true(told.read_ns == now.real_ns);
			assert_true(told.reference_ns <= now.real_ns);
			assert_true(
			    now.real_ns - told.reference_ns < 80 * second_ns);
			assert_true(told.root_dispersion_ns >= 5000000);
			assert_true(told.root_dispersion_ns < 100000000);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 9: mirror, kernel, declaration, nobody", order),
	    TEST("TIME 9: the mirror is not synchronised",
	        mirror_is_not_synchronised),
	    TEST("TIME 8, 10, 17: a declared stratum", local),
	    TEST("TIME 11, RFC 5905 §7.2: a declared clock's bound grows",
	        local_grows),
	    TEST("TIME 14: a declared clock's leap seconds",
	        local_in_a_leap_second),
	    TEST("TIME 9: the kernel does not tell", kernel_does_not_tell),
	    TEST("TIME 8: from a mirror to the kernel", from_mirror_to_kernel),
	    TEST("TIME 8, 11, 34: a stepped clock", stepped),
	};

	return cmocka_run_group_tests_name("clock_source", tests, NULL, NULL);
}
