/* clock_tell_test.c — what the log is told: each change once, and what the
 * workers remember together. */
#include "clock_answer.h"

#include "services/clock/clock_share.h"
#include "services/clock/clock_tell.h"

static const char unsynchronised_line[] =
    "the clock is not synchronised: so clients are told";
static const char kernel_line[] =
    "the clock is synchronised: stratum 10, by the kernel's word";

/* Looks at a clock of which the kernel says READING, SECONDS from now. */
static void
expect(struct clock_memory *memory, const struct clock_settings *settings,
    struct clock_kernel_facts reading, uint64_t seconds, const char *said)
{
	char line[CLOCK_TELL_MAX] = "";
	struct clock_moment now = at(seconds);
	struct sync_state state =
	    clock_source_read(&memory->source, settings, &reading, &now);

	assert_int_equal(clock_tell(memory, &state, line), said != NULL);
	assert_string_equal(line, said == NULL ? "" : said);
}

static struct clock_kernel_facts
kernel(bool is_good)
{
	return is_good ? facts(STA_PLL, TIME_OK, 1000)
	               : facts(STA_UNSYNC, TIME_ERROR, 16000000);
}

static void
changes(void **state)
{
	struct clock_settings settings = plain_settings;
	struct clock_memory memory = {.source.precision = -24};

	(void)state;
	expect(&memory, &settings, kernel(false), 0, unsynchronised_line);
	expect(&memory, &settings, kernel(false), 1, NULL);
	expect(&memory, &settings, kernel(true), 2, kernel_line);
	expect(&memory, &settings, kernel(true), 3, NULL);
	expect(&memory, &settings, facts(STA_INS, TIME_INS, 1000), 4,
	    "the clock is synchronised: stratum 10, by the kernel's word, a "
	    "leap second is to be inserted");
	settings.local_stratum = 12;
	expect(&memory, &settings,
	    facts(STA_UNSYNC | STA_DEL, TIME_ERROR, 16000000), 5,
	    "the clock is not synchronised: clients are told stratum 12, as "
	    "declared, a leap second is to be deleted");
}

/* Asks a mirror that does not answer each second from FIRST on; SAID is what
 * the log is told each time. */
static void
keep_asking(struct clock_memory *memory, uint64_t first, uint64_t count,
    const char *said)
{
	uint8_t packet[CLOCK_MIRROR_LEN];

	for (uint64_t i = first; i < first + count; i++) {
		struct clock_moment now = at(i);

		clock_mirror_ask(&memory->source.mirror, i, &now, packet);
		expect(memory, &mirror_settings, kernel(true), i, said);
	}
}

static void
mirror(void **state)
{
	struct clock_settings settings = mirror_settings;
	struct clock_memory memory = {
	    .source.precision = -24, .mirror = mirror_settings.mirror};

	(void)state;
	settings.mirror.in4.sin_port = memory.mirror.in4.sin_port = 0x7b00;
	/* Its answer may be on its way. */
	expect(&memory, &settings, kernel(true), 0, NULL);
	ask_and_take(&memory.source.mirror, at(0), NULL);
	expect(&memory, &settings, kernel(true), 0,
	    "the clock is synchronised: stratum 3, by 127.0.0.1:123");
	/* It stops, and comes back. */
	keep_asking(&memory, 3, 3, NULL);
	keep_asking(&memory, 6, 1,
	    "the clock is synchronised: stratum 3, by 127.0.0.1:123; "
	    "127.0.0.1:123 does not answer");
	keep_asking(&memory, 7, 3, NULL);
	ask_and_take(&memory.source.mirror, at(10), NULL);
	expect(&memory, &settings, kernel(true), 10,
	    "the clock is synchronised: stratum 3, by 127.0.0.1:123");
}

static void
no_mirror(void **state)
{
	struct clock_memory memory = {
	    .source.precision = -24, .mirror = mirror_settings.mirror};

	(void)state;
	memory.mirror.in4.sin_port = 0x7b00;
	/* Three questions, until a fourth finds them without an answer. */
	keep_asking(&memory, 0, 3, NULL);
	keep_asking(&memory, 3, 1,
	    "the clock is synchronised: stratum 10, by the kernel's word; "
	    "127.0.0.1:123 does not answer");
	keep_asking(&memory, 4, 3, NULL);
	ask_and_take(&memory.source.mirror, at(8), NULL);
	expect(&memory, &mirror_settings, kernel(true), 8,
	    "the clock is synchronised: stratum 3, by 127.0.0.1:123");
}

static void
flapping(void **state)
{
	struct clock_memory memory = {.source.precision = -24};
	unsigned said = 0;

	(void)state;
	for (uint64_t i = 0; i < 3600; i++) {
		char line[CLOCK_TELL_MAX];
		struct clock_moment now = at(i);
		struct clock_kernel_facts reading = kernel(i % 2 == 0);
		struct sync_state system = clock_source_read(
		    &memory.source, &plain_settings, &reading, &now);

		said += clock_tell(&memory, &system, line);
	}
	assert_true(said >= 30);
	assert_true(said <= CLOCK_TELL_BURST + 60);
	/* In the end, what is true is what was said. */
	expect(&memory, &plain_settings, kernel(false), 3600 + 600,
	    memory.told.kind == CLOCK_SOURCE_NONE ? NULL : unsynchronised_line);
	expect(&memory, &plain_settings, kernel(false), 3600 + 601, NULL);
}

static void
memory_is_whole(void **state)
{
	static struct clock_share share;
	struct clock_memory memory = clock_share_recall(&share);

	(void)state;
	assert_int_equal(memory.source.precision, 0);
	for (int8_t i = 1; i < 5; i++) {
		memory.source.precision = i;
		clock_share_keep(&share, &memory);
		assert_int_equal(
		    clock_share_recall(&share).source.precision, i);
	}
	/* Killed while it wrote the other one. */
	memset(&share.memories[(share.current + 1) % 2], 0xff,
	    sizeof(share.memories[0]));
	assert_int_equal(clock_share_recall(&share).source.precision, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("each change is told once", changes),
	    TEST("a mirror is told by its address, when it has answered",
	        mirror),
	    TEST("a mirror that does not answer is told of", no_mirror),
	    TEST("a clock that flaps is told of once a minute", flapping),
	    TEST("TIME 34: what is remembered is whole", memory_is_whole),
	};

	return cmocka_run_group_tests_name("clock_tell", tests, NULL, NULL);
}
