/* chat_presence_test.c — who is there, as a message. */
#include "services/chat/chat_presence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

static void
is_read_as_it_was_written(void **state)
{
	uint8_t bytes[CHAT_PRESENCE_MAX];
	const struct space out = {bytes, sizeof(bytes)};
	struct chat_presence_person person;
	bool is_whole = true;
	size_t len = chat_presence_begin(out);

	(void)state;
	for (uint32_t id = 1; id <= 1000; id++)
		len = chat_presence_add(out, len,
		    &(struct chat_presence_person){
		        id, span_of("#lobby"), span_of("anna")});
	struct span list = {bytes, len};

	assert_true(chat_presence_open(&list));
	for (uint32_t id = 1; id <= 1000; id++) {
		assert_true(chat_presence_next(&list, &person, &is_whole));
		assert_int_equal(person.id, id);
		assert_int_equal(person.room.len, 6);
		assert_memory_equal(person.name.data, "anna", 4);
	}
	assert_false(chat_presence_next(&list, &person, &is_whole));
	assert_true(is_whole);
}

static void
says_where_there_are_more(void **state)
{
	uint8_t *bytes = malloc(100);
	const struct space out = {bytes, 100};
	struct chat_presence_person person;
	bool is_whole = true;
	unsigned count = 0;
	size_t len = chat_presence_begin(out);

	(void)state;
	for (uint32_t id = 1; id <= 50; id++) {
		len = chat_presence_add(out, len,
		    &(struct chat_presence_person){
		        id, span_of("#lobby"), span_of("anna")});
		assert_true(len <= 100);
	}
	struct span list = {bytes, len};

	assert_true(chat_presence_open(&list));
	while (chat_presence_next(&list, &person, &is_whole))
		count++;
	assert_in_range(count, 4, 7);
	assert_false(is_whole);
	free(bytes);
}

static void
passes_over_what_is_wrong(void **state)
{
	struct span list = span_of("netlabd 1\n\n x y\n5\n4294967296 #a b\n-1 "
	                           "#a b\n7 #a b c\n9 #b d");
	struct span other = span_of("netlabd 2\n1 #a b\n");
	struct chat_presence_person person;
	bool is_whole = true;

	(void)state;
	assert_false(chat_presence_open(&other));
	assert_true(chat_presence_open(&list));
	assert_true(chat_presence_next(&list, &person, &is_whole));
	assert_int_equal(person.id, 7);
	/* Whether that is a name, is for others to say. */
	assert_int_equal(person.name.len, 3);
	assert_true(chat_presence_next(&list, &person, &is_whole));
	assert_int_equal(person.id, 9);
	assert_memory_equal(person.name.data, "d", 1);
	assert_false(chat_presence_next(&list, &person, &is_whole));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("a list is read as it was written", is_read_as_it_was_written),
	    TEST("a list says where there are more", says_where_there_are_more),
	    TEST("what is wrong is passed over", passes_over_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
