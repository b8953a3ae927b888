/* chat_room_test.c — rooms: opened, found, entered, left, closed. */
#include "services/chat/chat_room.h"

#include "chat_fixture.h"

static void
opened_and_closed(void **state)
{
	struct fixture *fixture = fixture_open(0, 3);
	struct chat_room_set *set = &fixture->hub.rooms;
	struct chat_room *a, *b;

	(void)state;
	assert_ptr_equal(
	    chat_room_find(set, SPAN("#LOBBY")), fixture->hub.lobby);
	assert_null(chat_room_find(set, SPAN("#a")));
	assert_null(chat_room_find(set, (struct span){0}));
	a = chat_room_open(set, SPAN("#A"));
	b = chat_room_open(set, SPAN("#b"));
	assert_non_null(a);
	assert_non_null(b);
	assert_memory_equal(a->name, "#a", 2);
	/* Three is all that there may be; what is there can be found. */
	assert_null(chat_room_open(set, SPAN("#c")));
	assert_ptr_equal(chat_room_open(set, SPAN("#a")), a);
	chat_room_close(set, a);
	assert_null(chat_room_find(set, SPAN("#a")));
	assert_ptr_equal(chat_room_find(set, SPAN("#b")), b);
	fixture->memory.is_bounded = true;
	assert_null(chat_room_open(set, SPAN("#c")));
	chat_room_close(set, b);
	fixture_close(fixture);
}

/* More rooms than the table has buckets: chains hold, whoever goes first. */
static void
many(void **state)
{
	enum { MANY = 3 * CHAT_ROOM_BUCKETS };
	struct fixture *fixture = fixture_open(0, MANY + 1);
	struct chat_room_set *set = &fixture->hub.rooms;
	char name[16];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "#%d", i);
		assert_non_null(chat_room_open(set, SPAN(name)));
	}
	for (int i = MANY - 1; i >= 0; i -= 2) {
		snprintf(name, sizeof(name), "#%d", i);
		chat_room_close(set, chat_room_find(set, SPAN(name)));
	}
	for (int i = 0; i < MANY; i += 2) {
		snprintf(name, sizeof(name), "#%d", i);
		assert_non_null(chat_room_find(set, SPAN(name)));
		chat_room_close(set, chat_room_find(set, SPAN(name)));
	}
	fixture_close(fixture);
}

static void
counted(void **state)
{
	struct fixture *fixture = fixture_open(0, 3);
	struct chat_room *room = fixture->hub.lobby;
	struct chat_person here = {.kind = CHAT_PERSON_STREAM},
	                   there = {.kind = CHAT_PERSON_REMOTE};

	(void)state;
	chat_room_enter(room, &here, 0);
	chat_room_enter(room, &there, 0);
	assert_int_equal(room->count, 2);
	assert_int_equal(room->here, 1);
	assert_ptr_equal(room->quiet.next, &here.in_quiet);
	chat_room_fall_behind(room, &here);
	here.is_woken = true;
	assert_int_equal(room->behind, 1);
	assert_true(chat_link_is_alone(&room->quiet));
	chat_room_leave(room, &there);
	assert_int_equal(room->here, 1);
	chat_room_leave(room, &here);
	assert_int_equal(room->count + room->here + room->behind, 0);
	/* Who has something to be told comes with that. */
	chat_room_enter(room, &here, 0);
	assert_int_equal(room->behind, 1);
	assert_true(chat_link_is_alone(&room->quiet));
	here.is_woken = false;
	chat_room_catch_up(room, &here);
	chat_room_leave(room, &here);
	fixture_close(fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("opened and closed", opened_and_closed),
	    TEST("many", many),
	    TEST("who is there, and who is behind", counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
