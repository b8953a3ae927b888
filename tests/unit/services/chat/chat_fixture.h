/*
 * chat_fixture.h — a hub with people in it who say lines, and what each is
 * told. Memory is counted, and can be made to run out.
 */
#ifndef TESTS_CHAT_FIXTURE_H
#define TESTS_CHAT_FIXTURE_H

#include "services/chat/chat_hub.h"

#include "chat_memory_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST(text, function)                                                   \
	{                                                                      \
		.name = (text), .test_func = (function)                        \
	}

/* Text of the test's as a span. */
#define SPAN(text)                                                             \
	((struct span){(const uint8_t *)(text), strlen((const char *)(text))})

enum { FIXTURE_SHARED_MAX = 4096, FIXTURE_TOLD_MAX = 256 * 1024 };

struct fixture {
	struct chat_settings settings;
	struct chat_hub hub;
	struct memory_fixture memory;
	unsigned wakes; /* calls of wake() */
	uint64_t now_ms;
	char shared[FIXTURE_SHARED_MAX]; /* events, a line each */
};

static inline void
fixture_wake(void *context, struct chat_person *person)
{
	struct fixture *fixture = context;

	assert_true(person->is_woken);
	assert_int_not_equal(person->kind, CHAT_PERSON_REMOTE);
	fixture->wakes++;
}

static inline void
fixture_share(void *context, const struct chat_event *event)
{
	static const char *const kinds[] = {
	    [CHAT_EVENT_JOIN] = "join",
	    [CHAT_EVENT_LEAVE] = "leave",
	    [CHAT_EVENT_SAY] = "say",
	    [CHAT_EVENT_ME] = "me",
	    [CHAT_EVENT_NICK] = "nick",
	    [CHAT_EVENT_DIRECT] = "direct",
	};
	struct fixture *fixture = context;
	size_t len = strlen(fixture->shared);

	assert_non_null(event->person);
	snprintf(fixture->shared + len, sizeof(fixture->shared) - len,
	    "%s %.*s %.*s[%.*s]%s%.*s\n", kinds[event->kind],
	    (int)event->name.len, (const char *)event->name.data,
	    (int)event->room.len, (const char *)event->room.data,
	    (int)event->text.len, (const char *)event->text.data,
	    event->is_moving ? " moving" : "", (int)event->to.len,
	    (const char *)event->to.data);
}

static inline struct fixture *
fixture_open(uint32_t history, uint32_t rooms)
{
	static const uint64_t key[2] = {3, 5};
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	fixture->now_ms = 1000;
	fixture->settings = (struct chat_settings){
	    .name = "netlabd",
	    .name_len = 7,
	    .history = history,
	    .rooms = rooms,
	    .flood = {.per_second = 0, .burst = 5},
	};
	const struct chat_hub_calls calls = {
	    .wake = fixture_wake,
	    .share = fixture_share,
	    .context = fixture,
	    .memory = MEMORY_FIXTURE(&fixture->memory),
	};

	assert_true(
	    chat_hub_init(&fixture->hub, &fixture->settings, &calls, key));
	return fixture;
}

/* Nobody is left in it, and all memory came back. */
static inline void
fixture_close(struct fixture *fixture)
{
	assert_int_equal(fixture->hub.count, 0);
	assert_int_equal(fixture->hub.rooms.count, 1);
	chat_hub_end(&fixture->hub);
	assert_int_equal(fixture->memory.blocks, 0);
	free(fixture);
}

/* LINE, of PERSON's. */
static inline enum chat_hub_fate
fixture_say(
    struct fixture *fixture, struct chat_person *person, const char *line)
{
	return chat_hub_line(
	    &fixture->hub, person, SPAN(line), false, fixture->now_ms);
}

/* All that PERSON has yet to be told; valid until the next call. */
static inline const char *
fixture_told(struct fixture *fixture, struct chat_person *person)
{
	static uint8_t told[FIXTURE_TOLD_MAX + 1];
	size_t len = chat_hub_take(
	    &fixture->hub, person, (struct space){told, FIXTURE_TOLD_MAX});

	assert_false(person->is_woken);
	told[len] = 0;
	return (const char *)told;
}

#define assert_told(fixture, person, expected)                                 \
	assert_string_equal(fixture_told(fixture, person), expected)

/* PERSON comes into the lobby as NAME; what they are told about it is not
 * looked at. */
static inline void
fixture_enter(
    struct fixture *fixture, struct chat_person *person, const char *name)
{
	*person = (struct chat_person){.kind = CHAT_PERSON_STREAM};
	assert_int_equal(fixture_say(fixture, person, name), CHAT_HUB_STAYS);
	fixture_told(fixture, person);
}

static inline void
fixture_leave(struct fixture *fixture, struct chat_person *person)
{
	chat_hub_leave(&fixture->hub, person, (struct span){0});
}

#endif
