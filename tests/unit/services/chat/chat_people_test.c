/* chat_people_test.c — people by their names. */
#include "services/chat/chat_people.h"

#include "chat_fixture.h"

enum { MANY = 3 * CHAT_PEOPLE_BUCKETS };

static void
found(void **state)
{
	struct chat_person **buckets =
	    calloc(CHAT_PEOPLE_BUCKETS, sizeof(*buckets));
	struct chat_person *people = calloc(MANY, sizeof(*people));
	struct chat_people table = {.buckets = buckets, .key = {1, 2}};
	char name[32];

	(void)state;
	assert_non_null(buckets);
	assert_non_null(people);
	for (unsigned i = 0; i < MANY; i++) {
		people[i].name_len = (uint8_t)snprintf(
		    (char *)people[i].name, CHAT_PERSON_NAME_MAX, "Anna%u", i);
		chat_people_add(&table, &people[i]);
	}
	for (unsigned i = MANY; i-- > 0;) {
		snprintf(name, sizeof(name), "aNNA%u", i);
		assert_ptr_equal(
		    chat_people_find(&table, SPAN(name)), &people[i]);
		if (i % 2 == 1)
			chat_people_remove(&table, &people[i]);
	}
	for (unsigned i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "anna%u", i);
		assert_ptr_equal(chat_people_find(&table, SPAN(name)),
		    i % 2 == 1 ? NULL : &people[i]);
	}
	assert_null(chat_people_find(&table, SPAN("anna")));
	assert_null(chat_people_find(&table, (struct span){0}));
	/* Nobody can be called that: it is not even hashed. */
	assert_null(chat_people_find(&table,
	    (struct span){(const uint8_t *)people, CHAT_PERSON_NAME_MAX + 1}));
	free(people);
	free(buckets);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {TEST("found, in any case", found)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
