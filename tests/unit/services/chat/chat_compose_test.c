/* chat_compose_test.c — a line of pieces. */
#include "services/chat/chat_compose.h"

#include "chat_fixture.h"

static void
pieces(void **state)
{
	struct chat_compose line = {.len = 0};

	(void)state;
	chat_compose_text(&line, "* ");
	chat_compose_number(&line, 12);
	chat_compose_span(&line, SPAN(" lines"));
	chat_compose_span(&line, (struct span){0});
	assert_true(chat_compose_has_room(&line, 2, 13));
	assert_false(chat_compose_has_room(&line, 3, 13));
	struct span end = chat_compose_end(&line);

	assert_int_equal(end.len, 11);
	assert_memory_equal(end.data, "* 12 lines\n", 11);
}

static void
never_too_long(void **state)
{
	struct chat_compose line = {.len = 0};

	(void)state;
	for (unsigned i = 0; i < 2000; i++)
		chat_compose_text(&line, "abc");
	assert_int_equal(chat_compose_end(&line).len, CHAT_COMPOSE_MAX - 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("pieces", pieces),
	    TEST("never too long", never_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
