/* chat_remote_fixture.h — hosts with a chat each, and a broker between them
 * that delivers when it is told to. */
#ifndef TESTS_CHAT_REMOTE_FIXTURE_H
#define TESTS_CHAT_REMOTE_FIXTURE_H

#include "services/chat/chat_remote_hear.h"

#include "chat_memory_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

enum { HOST_PEOPLE = 4, HEARD_MAX = 256 * 1024 };

struct host {
	struct memory_fixture memory;
	struct chat_settings settings;
	struct chat_broker broker;
	struct chat_hub hub;
	struct chat_remote remote;
	struct chat_person people[HOST_PEOPLE];
	char heard[HEARD_MAX]; /* what hear() has returned */
};

static inline void
fixture_wake(void *context, struct chat_person *person)
{
	(void)context;
	(void)person;
}

static inline void
fixture_share(void *context, const struct chat_event *event)
{
	struct host *host = context;

	chat_remote_share(&host->remote, event);
}

static inline struct host *
host_open(const char *name)
{
	static const uint64_t key[2] = {1, 2};
	struct host *host = calloc(1, sizeof(*host));

	assert_non_null(host);
	host->settings = (struct chat_settings){
	    .name = "netlabd", .name_len = 7, .rooms = 16};
	snprintf(host->broker.node, sizeof(host->broker.node), "%s", name);
	strcpy(host->broker.prefix, "lab");
	const struct chat_hub_calls calls = {
	    .wake = fixture_wake,
	    .share = fixture_share,
	    .context = host,
	    .memory = MEMORY_FIXTURE(&host->memory),
	};

	assert_true(chat_hub_init(&host->hub, &host->settings, &calls, key));
	assert_true(chat_remote_init(
	    &host->remote, &host->hub, &host->broker, &calls.memory));
	chat_remote_connected(&host->remote);
	return host;
}

static inline void
host_close(struct host *host)
{
	for (unsigned i = 0; i < HOST_PEOPLE; i++)
		chat_hub_leave(&host->hub, &host->people[i], (struct span){0});
	chat_remote_end(&host->remote);
	chat_hub_end(&host->hub);
	assert_int_equal(host->memory.blocks, 0);
	free(host);
}

/* LINE, typed by person WHO of HOST. */
static inline void
type(struct host *host, unsigned who, const char *line)
{
	(void)chat_hub_line(
	    &host->hub, &host->people[who], span_of(line), false, 1);
}

/* All that person WHO was told since. */
static inline const char *
heard(struct host *host, unsigned who)
{
	size_t len = 0, got = 1;

	while (got != 0 && HEARD_MAX - 1 - len >= CHAT_HUB_TOLD_MAX) {
		got = chat_hub_take(&host->hub, &host->people[who],
		    (struct space){
		        (uint8_t *)host->heard + len, HEARD_MAX - 1 - len});
		len += got;
	}
	host->heard[len] = '\0';
	return host->heard;
}

/* Everything that FROM has to send comes to TO at the time NOW_MS. */
static inline unsigned
deliver(struct host *from, struct host *to, uint64_t now_ms)
{
	struct chat_remote_message message;
	unsigned count = 0;

	while (chat_remote_next(&from->remote, now_ms, &message)) {
		/* Kept messages are marked only when they come late. */
		message.is_retained = false;
		chat_remote_hear(&to->remote, &message, now_ms);
		chat_remote_sent(&from->remote);
		count++;
	}
	return count;
}

/* A message that anybody may have published. */
static inline void
publish(
    struct host *to, const char *topic, const char *about, const char *payload)
{
	chat_remote_hear(&to->remote,
	    &(struct chat_remote_message){
	        .topic = topic,
	        .about = span_of(about),
	        .payload = span_of(payload),
	    },
	    1000);
}

/* How many lines of TEXT have PART in them. */
static inline unsigned
count_of(const char *text, const char *part)
{
	unsigned count = 0;

	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		count++;
	return count;
}

#endif
