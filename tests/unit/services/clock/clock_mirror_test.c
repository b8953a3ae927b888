/* clock_mirror_test.c — the numbers are those of the time requirements. */
#include "clock_answer.h"

/* Of the answers of clock_answer.h. */
static const uint64_t root_delay_ns = UINT64_C(655) * 1000000000 / 65536;
static const uint64_t root_dispersion_ns = UINT64_C(1310) * 1000000000 / 65536;

static void
assert_between(uint64_t low, uint64_t value, uint64_t high)
{
	assert_true(low <= value);
	assert_true(value <= high);
}

static void
question(void **state)
{
	struct clock_mirror mirror = {0};
	struct clock_moment now = at(0);
	uint8_t packet[CLOCK_MIRROR_LEN], rest[39] = {0};

	(void)state;
	clock_mirror_ask(&mirror, 0xfedcba9876543210, &now, packet);
	assert_int_equal(packet[0], 0x23);
	assert_memory_equal(packet + 1, rest, sizeof(rest));
	assert_true(bytes_get64be(packet + 40) == 0xfedcba9876543210);
	/* 0 would be an answer's to anybody. */
	clock_mirror_ask(&mirror, 0, &now, packet);
	assert_true(bytes_get64be(packet + 40) != 0);
}

static void
never_answered(void **state)
{
	struct clock_mirror mirror = {0};

	(void)state;
	mirror_say_at(&mirror, at(0), CLOCK_MIRROR_SILENT);
}

static void
answered(void **state)
{
	struct clock_mirror mirror = {0};

	(void)state;
	assert_int_equal(
	    ask_and_take(&mirror, at(0), NULL), CLOCK_MIRROR_TAKEN);
	struct clock_moment now = half_a_millisecond_later(at(0));
	struct sync_state told =
	    mirror_say_at(&mirror, now, CLOCK_MIRROR_SYNCHRONISED);

	assert_int_equal(told.leap, SYNC_LEAP_NONE);
	assert_int_equal(told.stratum, 3);
	assert_int_equal(told.refid, 0xc0000201);
	assert_true(told.root_delay_ns == root_delay_ns);
	assert_true(told.read_ns == now.real_ns);
	/* Stamps are not exact to the nanosecond. */
	assert_between(now_ns - 30 * second_ns - 3, told.reference_ns,
	    now_ns - 30 * second_ns);
	/* Our exchange: no offset, half of 0.4 ms, 2^-24 s of precision. */
	assert_between(root_dispersion_ns + 200000 + 59,
	    told.root_dispersion_ns, root_dispersion_ns + 200000 + 59 + 60);
}

/* Ten milliseconds ahead of us. */
static void
ahead(struct answer *answer)
{
	answer->receive += 10000000;
	answer->transmit += 10000000;
}

static void
behind(struct answer *answer)
{
	answer->receive -= 10000000;
	answer->transmit -= 10000000;
}

static void
offset_counts(void **state)
{
	static void (*const changes[])(struct answer *) = {ahead, behind};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct clock_mirror mirror = {0};

		assert_int_equal(ask_and_take(&mirror, at(0), changes[i]),
		    CLOCK_MIRROR_TAKEN);
		assert_between(root_dispersion_ns + 10200000 - 50000,
		    mirror_say_at(&mirror, half_a_millisecond_later(at(0)),
		        CLOCK_MIRROR_SYNCHRONISED)
		        .root_dispersion_ns,
		    root_dispersion_ns + 10200000 + 51000);
	}
}

static void
grows_old(void **state)
{
	struct clock_mirror mirror = {0};

	(void)state;
	ask_and_take(&mirror, at(0), NULL);
	struct sync_state first =
	    mirror_say_at(&mirror, at(1), CLOCK_MIRROR_SYNCHRONISED);

	for (uint64_t i = 2; i < 10; i++) {
		struct sync_state later =
		    mirror_say_at(&mirror, at(i), CLOCK_MIRROR_SYNCHRONISED);

		assert_true(later.root_dispersion_ns >=
		            first.root_dispersion_ns + 15000 * (i - 1));
		assert_true(later.reference_ns == first.reference_ns);
		assert_true(later.read_ns == at(i).real_ns);
	}
}

static void
leap_3(struct answer *answer)
{
	answer->leap = 3;
}

static void
stratum_0(struct answer *answer)
{
	answer->stratum = 0;
	answer->refid = 0x494e4954; /* "INIT": no kiss for a client */
}

static void
stratum_16(struct answer *answer)
{
	answer->stratum = 16;
}

static void
far_away(struct answer *answer)
{
	answer->dispersion = 16 << 16;
}

static void
long_way(struct answer *answer)
{
	answer->delay = 32 << 16;
}

static void
in_another_year(struct answer *answer)
{
	answer->receive -= 400 * 86400 * second_ns;
	answer->transmit -= 400 * 86400 * second_ns;
}

static void
says_unsynchronised(struct answer *answer)
{
	/* As chronyd has it. */
	*answer = (struct answer){
	    .leap = 3,
	    .version = 4,
	    .mode = 4,
	    .delay = 1 << 16,
	    .dispersion = 1 << 16,
	    .origin = answer->origin,
	    .receive = answer->receive,
	    .transmit = answer->transmit,
	    .len = 48,
	};
}

static void
unsynchronised(void **state)
{
	static void (*const changes[])(struct answer *) = {
	    leap_3,
	    stratum_0,
	    stratum_16,
	    far_away,
	    long_way,
	    in_another_year,
	    says_unsynchronised,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		struct clock_mirror mirror = {0};

		ask_and_take(&mirror, at(0), NULL);
		assert_int_equal(ask_and_take(&mirror, at(1), changes[i]),
		    CLOCK_MIRROR_TAKEN);
		mirror_say_at(&mirror, at(1), CLOCK_MIRROR_UNSYNCHRONISED);
		ask_and_take(&mirror, at(2), NULL);
		mirror_say_at(&mirror, at(2), CLOCK_MIRROR_SYNCHRONISED);
	}
}

static void
leap_1(struct answer *answer)
{
	answer->leap = 1;
}

static void
leap_2(struct answer *answer)
{
	answer->leap = 2;
}

static void
leaps(void **state)
{
	struct clock_mirror mirror = {0};

	(void)state;
	ask_and_take(&mirror, at(0), leap_1);
	assert_int_equal(
	    mirror_say_at(&mirror, at(0), CLOCK_MIRROR_SYNCHRONISED).leap,
	    SYNC_LEAP_INSERT);
	ask_and_take(&mirror, at(1), leap_2);
	assert_int_equal(
	    mirror_say_at(&mirror, at(1), CLOCK_MIRROR_SYNCHRONISED).leap,
	    SYNC_LEAP_DELETE);
}

static void
stratum_1(struct answer *answer)
{
	answer->stratum = 1;
	answer->refid = 0x47505300;
}

static void
primary(void **state)
{
	struct clock_settings settings = mirror_settings;
	struct clock_moment now = at(0);
	struct clock_mirror mirror = {0};
	struct sync_state told;

	(void)state;
	ask_and_take(&mirror, now, stratum_1);
	told = mirror_say_at(&mirror, now, CLOCK_MIRROR_SYNCHRONISED);
	assert_int_equal(told.stratum, 2);
	assert_int_equal(told.refid, 0x7f000001);
	/* The first four bytes of the address's MD5. */
	settings.mirror = (struct addr){
	    .in6 = {.sin6_family = AF_INET6,
	        .sin6_addr = IN6ADDR_LOOPBACK_INIT},
	    .len = sizeof(struct sockaddr_in6),
	};
	clock_mirror_say(&mirror, &settings, &now, &told);
	assert_int_equal(told.stratum, 2);
	assert_int_equal(told.refid, 0xcf404dc8);
	/* It is what the configuration says it is. */
	settings.stratum = 1;
	settings.refid = 0x50505300;
	clock_mirror_say(&mirror, &settings, &now, &told);
	assert_int_equal(told.stratum, 1);
	assert_int_equal(told.refid, 0x47505300);
	/* One that does not say by what it knows the time. */
	mirror.state.refid = 0;
	clock_mirror_say(&mirror, &settings, &now, &told);
	assert_int_equal(told.stratum, 1);
	assert_int_equal(told.refid, 0x50505300);
}

/* Asks until MOMENT, once a second from the second AFTER on, in vain. */
static void
ask_in_vain(struct clock_mirror *mirror, uint64_t after, uint64_t until)
{
	uint8_t packet[CLOCK_MIRROR_LEN];

	for (uint64_t i = after; i <= until; i++) {
		struct clock_moment now = at(i);

		assert_true(clock_mirror_is_due(mirror, &now));
		clock_mirror_ask(mirror, i, &now, packet);
	}
}

static void
half_a_second_off(struct answer *answer)
{
	answer->dispersion = 65000;
}

static void
silent_for_long(void **state)
{
	struct clock_mirror mirror = {0};

	(void)state;
	/* 0.99 s of dispersion and 5 ms of delay: above a second in a minute
	 * or so. */
	ask_and_take(&mirror, at(0), half_a_second_off);
	ask_in_vain(&mirror, 1, 60);
	mirror_say_at(&mirror, at(60), CLOCK_MIRROR_SYNCHRONISED);
	mirror_say_at(&mirror, at(1000), CLOCK_MIRROR_SILENT);
	/* Dropped is dropped. */
	mirror_say_at(&mirror, at(60), CLOCK_MIRROR_SILENT);
	ask_and_take(&mirror, at(1001), NULL);
	mirror_say_at(&mirror, at(1001), CLOCK_MIRROR_SYNCHRONISED);
}

static void
far_but_fresh(struct answer *answer)
{
	answer->dispersion = 5 << 16;
}

static void
three_questions(void **state)
{
	struct clock_mirror mirror = {0};

	(void)state;
	ask_and_take(&mirror, at(0), far_but_fresh);
	mirror_say_at(&mirror, at(0), CLOCK_MIRROR_SYNCHRONISED);
	/* The third has been asked, but may still be answered. */
	ask_in_vain(&mirror, 1, 3);
	mirror_say_at(&mirror, at(3), CLOCK_MIRROR_SYNCHRONISED);
	ask_in_vain(&mirror, 4, 4);
	mirror_say_at(&mirror, at(4), CLOCK_MIRROR_SILENT);
	ask_and_take(&mirror, at(5), leap_3);
	ask_in_vain(&mirror, 6, 8);
	mirror_say_at(&mirror, at(8), CLOCK_MIRROR_UNSYNCHRONISED);
	ask_in_vain(&mirror, 9, 9);
	mirror_say_at(&mirror, at(9), CLOCK_MIRROR_SILENT);
}

static void
kiss(struct answer *answer)
{
	says_unsynchronised(answer);
	answer->refid = 0x52415445; /* "RATE" */
	answer->receive = answer->transmit = 0;
}

static bool
is_due_at(const struct clock_mirror *mirror, uint64_t seconds)
{
	struct clock_moment now = at(seconds);

	return clock_mirror_is_due(mirror, &now);
}

static void
kissed(void **state)
{
	struct clock_mirror mirror = {0};
	uint64_t now = 0;

	(void)state;
	ask_and_take(&mirror, at(now), NULL);
	for (uint64_t interval = 2; interval <= 64; interval *= 2) {
		assert_int_equal(ask_and_take(&mirror, at(++now), kiss),
		    CLOCK_MIRROR_KISSED);
		assert_false(is_due_at(&mirror, now + interval - 1));
		assert_true(is_due_at(&mirror, now + interval));
		now += interval;
	}
	ask_and_take(&mirror, at(now), kiss);
	assert_true(is_due_at(&mirror, now + 64));
	/* It says nothing of the clock. */
	mirror_say_at(&mirror, at(now), CLOCK_MIRROR_SYNCHRONISED);
	/* Each good answer halves it again. */
	ask_and_take(&mirror, at(now), NULL);
	assert_false(is_due_at(&mirror, now + 31));
	for (unsigned i = 0; i < 6; i++)
		ask_and_take(&mirror, at(now), NULL);
	assert_true(is_due_at(&mirror, now + 1));
	assert_false(is_due_at(&mirror, now));
}

static void
stepped(void **state)
{
	static const int64_t steps[] = {-3600, 3600, -86400 * 365};

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct clock_mirror mirror = {0};
		struct clock_moment now = at(10);
		int64_t step_ns = steps[i] * (int64_t)second_ns;

		ask_and_take(&mirror, at(0), NULL);
		now.real_ns += (uint64_t)step_ns;
		clock_mirror_step(&mirror, step_ns);
		struct sync_state told =
		    mirror_say_at(&mirror, now, CLOCK_MIRROR_SYNCHRONISED);

		/* As old as it was: 30 s at the answer. */
		assert_between(now.real_ns - 40 * second_ns - 3,
		    told.reference_ns, now.real_ns - 40 * second_ns);
		assert_true(
		    told.root_dispersion_ns >= root_dispersion_ns + 10 * 15000);
		assert_true(told.read_ns == now.real_ns);
	}
}

/* Set while the answer was under way: what passed is not what the clock says,
 * and the difference is part of the bound. */
static void
stepped_between(void **state)
{
	struct clock_mirror mirror = {0};
	struct clock_moment now = at(0);
	uint8_t packet[CLOCK_MIRROR_LEN], bytes[64];

	(void)state;
	clock_mirror_ask(&mirror, 77, &now, packet);
	struct answer answer = good_answer(77, &now);

	now = half_a_millisecond_later(now);
	now.real_ns -= 4 * second_ns;
	assert_int_equal(
	    clock_mirror_take(&mirror, write_answer(&answer, bytes), &now, -24),
	    CLOCK_MIRROR_TAKEN);
	struct sync_state told =
	    mirror_say_at(&mirror, now, CLOCK_MIRROR_SYNCHRONISED);

	assert_true(told.root_dispersion_ns >= 2 * second_ns);
	assert_true(told.reference_ns <= now.real_ns);
}

static void
reference_ahead(struct answer *answer)
{
	answer->reference += 3600 * second_ns;
}

static void
reference_is_never_ahead(void **state)
{
	struct clock_mirror mirror = {0};
	struct clock_moment now = half_a_millisecond_later(at(0));

	(void)state;
	ask_and_take(&mirror, at(0), reference_ahead);
	assert_true(mirror_say_at(&mirror, now, CLOCK_MIRROR_SYNCHRONISED)
	                .reference_ns == now.real_ns);
	/* Set back since the last look. */
	now.real_ns -= 1000000;
	assert_true(mirror_say_at(&mirror, now, CLOCK_MIRROR_SYNCHRONISED)
	                .reference_ns == now.real_ns);
}

/* Asked in one era and answered in the next, corrected in the first. */
static void
era(void **state)
{
	const uint64_t rollover_ns =
	    (UINT64_C(4294967296) - 2208988800) * second_ns;
	struct clock_mirror mirror = {0};

	(void)state;
	for (uint64_t early = 25000; early < 500000; early += 50000) {
		struct clock_moment now = {rollover_ns - early, boot_ns};

		assert_int_equal(
		    ask_and_take(&mirror, now, NULL), CLOCK_MIRROR_TAKEN);
		struct sync_state told = mirror_say_at(&mirror,
		    half_a_millisecond_later(now), CLOCK_MIRROR_SYNCHRONISED);

		assert_between(now.real_ns - 30 * second_ns - 3,
		    told.reference_ns, now.real_ns - 30 * second_ns);
		assert_between(root_dispersion_ns + 200000,
		    told.root_dispersion_ns, root_dispersion_ns + 200000 + 200);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("RFC 5905 §14: a question says nothing of us", question),
	    TEST("it never answered", never_answered),
	    TEST("TIME 8, 17: what it answers is told", answered),
	    TEST("TIME 11: an offset is part of the bound", offset_counts),
	    TEST("TIME 11, RFC 5905 §7.2: an answer grows old", grows_old),
	    TEST("TIME 9, 10, 13: it is not synchronised", unsynchronised),
	    TEST("TIME 14: leap seconds", leaps),
	    TEST("TIME 10, 17: stratum 1 is the configuration's to claim",
	        primary),
	    TEST("TIME 13: silent until the bound is above a second",
	        silent_for_long),
	    TEST("TIME 13: silent for three questions", three_questions),
	    TEST("RFC 5905 §7.4: a kiss makes it be asked less", kissed),
	    TEST("TIME 8, 11, 34: a stepped clock", stepped),
	    TEST(
	        "TIME 11, 34: a clock stepped in an exchange", stepped_between),
	    TEST("TIME 8: reference time is never ahead",
	        reference_is_never_ahead),
	    TEST("TIME 35, RFC 5905 §6: over the end of an era", era),
	};

	return cmocka_run_group_tests_name("clock_mirror", tests, NULL, NULL);
}
