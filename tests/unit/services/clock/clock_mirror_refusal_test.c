/* clock_mirror_refusal_test.c — what is no answer to the clock room's question.
 */
#include "clock_answer.h"

/* What each of these changes is no answer to our question. */
static void
version_3(struct answer *answer)
{
	answer->version = 3;
}

static void
mode_3(struct answer *answer)
{
	answer->mode = 3;
}

static void
mode_5(struct answer *answer)
{
	answer->mode = 5;
}

static void
other_origin(struct answer *answer)
{
	answer->origin ^= 1;
}

static void
no_origin(struct answer *answer)
{
	answer->origin = 0;
}

static void
short_one(struct answer *answer)
{
	answer->len = 47;
}

static void
empty(struct answer *answer)
{
	answer->len = 0;
}

static void
long_one(struct answer *answer)
{
	answer->len = 49;
}

static void
with_mac(struct answer *answer)
{
	answer->len = 64;
}

static void
no_receive(struct answer *answer)
{
	answer->receive = 0;
}

static void
no_transmit(struct answer *answer)
{
	answer->transmit = 0;
}

static void
no_reference(struct answer *answer)
{
	answer->reference = 0;
}

static void
forged_kiss(struct answer *answer)
{
	answer->stratum = 0;
	answer->refid = 0x52415445;
	answer->origin++;
}

static void
refusals(void **state)
{
	static void (*const changes[])(struct answer *) = {
	    version_3,
	    mode_3,
	    mode_5,
	    other_origin,
	    no_origin,
	    short_one,
	    empty,
	    long_one,
	    with_mac,
	    no_receive,
	    no_transmit,
	    no_reference,
	    forged_kiss,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		struct clock_mirror mirror = {0};

		assert_int_equal(ask_and_take(&mirror, at(0), changes[i]),
		    CLOCK_MIRROR_REFUSED);
		mirror_say_at(&mirror, at(0), CLOCK_MIRROR_SILENT);
		/* What is known stays. */
		ask_and_take(&mirror, at(1), NULL);
		assert_int_equal(ask_and_take(&mirror, at(2), changes[i]),
		    CLOCK_MIRROR_REFUSED);
		assert_int_equal(
		    mirror_say_at(&mirror, at(2), CLOCK_MIRROR_SYNCHRONISED)
		        .stratum,
		    3);
	}
}

static void
one_answer_each(void **state)
{
	struct clock_mirror mirror = {0};
	struct clock_moment now = at(0);
	uint8_t question[CLOCK_MIRROR_LEN], bytes[64];

	(void)state;
	clock_mirror_ask(&mirror, 77, &now, question);
	struct answer answer = good_answer(77, &now);
	struct span span = write_answer(&answer, bytes);

	assert_int_equal(
	    clock_mirror_take(&mirror, span, &now, -24), CLOCK_MIRROR_TAKEN);
	assert_int_equal(
	    clock_mirror_take(&mirror, span, &now, -24), CLOCK_MIRROR_REFUSED);
	/* Late: another question has been asked. */
	clock_mirror_ask(&mirror, 78, &now, question);
	assert_int_equal(
	    clock_mirror_take(&mirror, span, &now, -24), CLOCK_MIRROR_REFUSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("what is no answer changes nothing", refusals),
	    TEST("each question has one answer", one_answer_each),
	};

	return cmocka_run_group_tests_name(
	    "clock_mirror_refusal", tests, NULL, NULL);
}
