/* sync_test.c — the page that says how good the clock is: whole or not at all.
 * The numbers are those of the time requirements. */
#include "core/sync.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

enum { ROUNDS = 20000 };

/* A state all of whose fields tell the same number. */
static struct sync_state
state_of(uint64_t number)
{
	return (struct sync_state){
	    .leap = SYNC_LEAP_NONE,
	    .stratum = (uint8_t)(number % 15 + 1),
	    .precision = -20,
	    .refid = (uint32_t)number,
	    .root_delay_ns = number,
	    .root_dispersion_ns = number,
	    .read_ns = number,
	    .reference_ns = number,
	};
}

static bool
is_whole(const struct sync_state *state)
{
	struct sync_state whole = state_of(state->root_delay_ns);

	return state->stratum == whole.stratum && state->refid == whole.refid &&
	       state->root_dispersion_ns == whole.root_dispersion_ns &&
	       state->read_ns == whole.read_ns &&
	       state->reference_ns == whole.reference_ns;
}

static struct sync_page *
map_page(void)
{
	void *page = mmap(NULL, sizeof(struct sync_page),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_true(page != MAP_FAILED);
	return page;
}

static void
expect(struct sync_reader *reader, uint64_t now_ms, uint64_t number)
{
	const struct sync_state *state = sync_look(reader, now_ms);

	assert_true(is_whole(state));
	assert_true(state->root_delay_ns == number);
}

static void
expect_unknown(struct sync_reader *reader, uint64_t now_ms)
{
	const struct sync_state *state = sync_look(reader, now_ms);

	assert_int_equal(state->leap, SYNC_LEAP_UNKNOWN);
	assert_int_equal(state->stratum, 0);
	assert_int_equal(state->refid, 0);
	assert_true(state->reference_ns == 0);
	assert_true(state->root_delay_ns == 1000000000);
	assert_true(state->root_dispersion_ns == 1000000000);
}

static void
nothing_known(void **state)
{
	struct sync_page page = {0};
	struct sync_reader reader = sync_reader_init(&page);
	struct sync_reader blind = sync_reader_init(NULL);

	(void)state;
	expect_unknown(&reader, 1);
	expect_unknown(&blind, 1);
}

static void
published(void **state)
{
	struct sync_page page = {0};
	struct sync_reader reader = sync_reader_init(&page);

	(void)state;
	for (uint64_t i = 1; i < 5; i++) {
		struct sync_state written = state_of(i);

		sync_publish(&page, &written, 1000 * i);
		expect(&reader, 1000 * i, i);
	}
}

static void
stale(void **state)
{
	struct sync_page page = {0};
	struct sync_reader reader = sync_reader_init(&page);
	struct sync_state written = state_of(7);

	(void)state;
	sync_publish(&page, &written, 1000);
	expect(&reader, 1000 + SYNC_STALE_MS, 7);
	expect_unknown(&reader, 1001 + SYNC_STALE_MS);
	/* Precision is the clock's, whatever is known of its time. */
	assert_int_equal(sync_look(&reader, 9000)->precision, -20);
	sync_publish(&page, &written, 10000);
	expect(&reader, 10000, 7);
	/* The writer's clock may be read later than the reader's. */
	expect(&reader, 9990, 7);
}

static void
numbers_wrap(void **state)
{
	struct sync_page page = {0};
	struct sync_reader reader = sync_reader_init(&page);
	struct sync_state written = state_of(1);

	(void)state;
	atomic_store(&page.sequence, UINT64_MAX - 1);
	for (uint64_t i = 1; i < 5; i++) {
		struct sync_reader late = sync_reader_init(&page);

		written = state_of(i);
		sync_publish(&page, &written, 1000);
		expect(&reader, 1000, i);
		/* 0 would be a page that was never written. */
		expect(&late, 1000, i);
	}
}

/* Whatever of the words was written, by one that was killed or by two at once:
 * each reader has the state before, and the next writing mends the page. */
static void
torn(void **state)
{
	struct sync_state before = state_of(1000001), after = state_of(2000002);

	(void)state;
	for (unsigned mask = 1; mask < (1U << SYNC_WORDS) - 1; mask++) {
		struct sync_page page = {0}, other = {0};
		struct sync_reader reader = sync_reader_init(&page);

		sync_publish(&page, &before, 1000);
		sync_publish(&other, &after, 2000);
		expect(&reader, 1000, 1000001);
		for (unsigned i = 0; i < SYNC_WORDS; i++)
			if ((mask >> i & 1) != 0)
				page.words[i] = other.words[i];
		struct sync_reader late = sync_reader_init(&page);

		page.sequence++;
		expect(&reader, 1000, 1000001);
		expect_unknown(&late, 1000);
		sync_publish(&page, &after, 2000);
		expect(&reader, 2000, 2000002);
	}
}

_Noreturn static void
write_for_ever(struct sync_page *page, uint64_t first)
{
	/* A test that fails does not come to kill it. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (uint64_t i = first;; i += 2) {
		struct sync_state state = state_of(i * 0x0123456789);

		sync_publish(page, &state, 1000);
	}
}

static pid_t
start_writer(struct sync_page *page, uint64_t first)
{
	pid_t writer = fork();

	assert_true(writer != -1);
	if (writer == 0)
		write_for_ever(page, first);
	return writer;
}

static void
kill_writer(pid_t writer)
{
	int status;

	assert_int_equal(kill(writer, SIGKILL), 0);
	assert_int_equal(waitpid(writer, &status, 0), writer);
}

static void
read_whole(struct sync_page *page)
{
	struct sync_reader reader = sync_reader_init(page);

	for (unsigned i = 0; i < ROUNDS; i++) {
		const struct sync_state *state = sync_look(&reader, 1000);

		assert_true(state->stratum == 0 || is_whole(state));
	}
}

/* Two that write at once, killed at any point, and readers beside them. */
static void
writers_and_readers(void **state)
{
	struct sync_page *page = map_page();
	struct sync_reader reader = sync_reader_init(page);

	(void)state;
	for (unsigned i = 0; i < 10; i++) {
		pid_t one = start_writer(page, 1), two = start_writer(page, 2);
		struct sync_state written = state_of(i);

		read_whole(page);
		kill_writer(one);
		read_whole(page);
		kill_writer(two);
		read_whole(page);
		sync_publish(page, &written, 1000);
		expect(&reader, 1000, i);
	}
	munmap(page, sizeof(*page));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 9: nothing is known of a page of zeros", nothing_known),
	    TEST("what is published is read", published),
	    TEST("TIME 9, 34: a state that nobody renews is none", stale),
	    TEST("the number of writings may wrap", numbers_wrap),
	    TEST("TIME 34: a torn page is no state", torn),
	    TEST("TIME 34: two writers, killed beside their readers",
	        writers_and_readers),
	};

	return cmocka_run_group_tests_name("sync", tests, NULL, NULL);
}
