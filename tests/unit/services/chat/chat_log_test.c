/* chat_log_test.c — the ring of a room's lines, beside a simple model of it. */
#include "services/chat/chat_log.h"

#include "chat_fixture.h"

static struct memory_fixture blocks;
static const struct chat_memory memory = MEMORY_FIXTURE(&blocks);

static void
add(struct chat_log *log, uint32_t sender, const char *text)
{
	assert_true(chat_log_add(
	    log, &memory, sender, strchr(text, '<') != NULL, SPAN(text)));
}

/* What one whose own id is ID reads from PLACE on, in pieces of CAP bytes. */
static const char *
read_from(const struct chat_log *log, uint64_t place, uint32_t id, size_t cap)
{
	static uint8_t out[2 * CHAT_LOG_MAX];
	size_t len = 0;

	for (;;) {
		size_t made = chat_log_copy(
		    log, &place, log->next, id, (struct space){out + len, cap});

		assert_true(made == 0 || out[len + made - 1] == '\n');
		len += made;
		if (made == 0)
			break;
	}
	assert_int_equal(place, log->next);
	out[len] = 0;
	return (const char *)out;
}

static void
read_in_order(void **state)
{
	struct chat_log log = {0};

	(void)state;
	add(&log, 1, "<a> 1\n");
	add(&log, 2, "<b> 2\n");
	add(&log, 0, "* note\n");
	add(&log, 2, "<b> 3\n");
	assert_string_equal(
	    read_from(&log, 0, 0, 100), "<a> 1\n<b> 2\n* note\n<b> 3\n");
	assert_string_equal(
	    read_from(&log, 0, 1, 100), "<b> 2\n* note\n<b> 3\n");
	assert_string_equal(read_from(&log, 0, 2, 8), "<a> 1\n* note\n");
	assert_string_equal(read_from(&log, 2, 0, 7), "* note\n<b> 3\n");
	assert_string_equal(read_from(&log, 4, 0, 7), "");
	assert_int_equal(chat_log_len(&log, 2), 7);
	assert_false(chat_log_is_talk(&log, 2));
	assert_true(chat_log_is_talk(&log, 3));
	chat_log_clear(&log, &memory);
	assert_null(log.bytes);
}

static void
lines_back(void **state)
{
	struct chat_log log = {0};

	(void)state;
	assert_int_equal(chat_log_back(&log, 3), 0);
	add(&log, 1, "<a> 1\n");
	add(&log, 0, "* note\n");
	add(&log, 1, "<a> 2\n");
	add(&log, 0, "* note\n");
	assert_int_equal(chat_log_back(&log, 0), 4);
	assert_int_equal(chat_log_back(&log, 1), 2);
	assert_int_equal(chat_log_back(&log, 2), 0);
	assert_int_equal(chat_log_back(&log, 9), 0);
	chat_log_forget(&log);
	assert_int_equal(chat_log_back(&log, 9), 4);
	chat_log_clear(&log, &memory);
}

enum { MODEL_LINES = 6000 };

struct model {
	char text[MODEL_LINES][1024];
	uint32_t sender[MODEL_LINES];
	char expected[2 * CHAT_LOG_MAX];
};

/* Lines of all lengths, for so long that positions of bytes go round: what is
 * there is always what was written last, for readers of any place. */
static void
goes_round(void **state)
{
	struct model *model = calloc(1, sizeof(*model));
	struct chat_log log = {.head = UINT32_MAX - 100000};
	uint32_t seed = 7;

	(void)state;
	assert_non_null(model);
	for (unsigned i = 0; i < MODEL_LINES; i++) {
		seed = seed * 1664525 + 1013904223;
		size_t len = seed >> 8 & 1 ? 1 + (seed >> 9) % 40
		                           : 1 + (seed >> 9) % 1000;

		memset(model->text[i], 'a' + (int)(i % 26), len);
		model->text[i][len] = '\n';
		model->sender[i] = 1 + (seed >> 20) % 3;
		add(&log, model->sender[i], model->text[i]);
		assert_true(log.cap <= CHAT_LOG_MAX);
		assert_int_equal(log.next, i + 1);
		if (i % 50 != 0)
			continue;
		uint64_t place =
		    log.first + (seed >> 10) % (log.next - log.first);
		uint32_t id = seed >> 5 & 3;
		size_t at = 0;

		for (uint64_t j = place; j < log.next; j++) {
			len = strlen(model->text[j]);
			if (model->sender[j] != id) {
				memcpy(
				    model->expected + at, model->text[j], len);
				at += len;
			}
		}
		model->expected[at] = '\0';
		assert_string_equal(
		    read_from(&log, place, id, 1024 + (seed >> 12) % 20000),
		    model->expected);
	}
	/* It is as large as it may be, and full but for a line. */
	assert_int_equal(log.cap, CHAT_LOG_MAX);
	assert_true(log.next - log.first > 100);
	chat_log_clear(&log, &memory);
	free(model);
}

static void
short_lines_are_many(void **state)
{
	struct chat_log log = {0};

	(void)state;
	for (unsigned i = 0; i < 10000; i++)
		add(&log, 1, "\n");
	assert_int_equal(
	    log.next - log.first, CHAT_LOG_MAX / CHAT_LOG_LINE_MEAN);
	chat_log_clear(&log, &memory);
}

static void
without_memory(void **state)
{
	struct memory_fixture few = {.is_bounded = true};
	const struct chat_memory scarce = MEMORY_FIXTURE(&few);
	struct chat_log log = {0};

	(void)state;
	assert_false(chat_log_add(&log, &scarce, 1, true, SPAN("<a> 1\n")));
	few.left = 1;
	for (unsigned i = 0; i < 1000; i++)
		assert_true(chat_log_add(&log, &scarce, 1, true,
		    SPAN(
		        "<a> some hundred bytes, of which none is of interest; "
		        "they fill what there is of a log in which there is "
		        "not much\n")));
	/* It does with what it has: the oldest lines go. */
	assert_int_equal(log.cap, CHAT_LOG_MIN);
	assert_true(log.first > 900);
	chat_log_clear(&log, &scarce);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("read in order, but for one's own", read_in_order),
	    TEST("so many lines of talk back", lines_back),
	    TEST("it goes round", goes_round),
	    TEST("short lines are many", short_lines_are_many),
	    TEST("without memory", without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
