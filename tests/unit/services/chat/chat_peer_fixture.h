/*
 * chat_peer_fixture.h — the chat over UDP, by a clock and a wire of the test's:
 * who says what to it, and what each host hears.
 */
#ifndef TESTS_CHAT_PEER_FIXTURE_H
#define TESTS_CHAT_PEER_FIXTURE_H

#include "services/chat/chat_peer.h"

#include "chat_memory_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test, .setup_func = open_chat,      \
		.teardown_func = close_chat                                    \
	}

enum {
	NEAR = 0x0a000000, /* 10.0.0.x: our own network */
	FAR = 0x0b000000,  /* 11.0.0.x: somebody else's */
	ANNA = NEAR + 1,
	BOB = NEAR + 2,
	EVE = FAR + 1,
	PEERS_MAX = 16,
	HOST_MAX = 3,
	IDLE_MS = 120000,
	SENT_MAX = 64 * 1024,
	TEXT_MAX = 4096,
};

/* What was sent to each host, told apart by the last byte of its address. */
static struct wire {
	char text[SENT_MAX]; /* datagrams, with a | behind each */
	size_t len, longest;
	unsigned count;
} wires[256];

static struct chat_settings settings;
static struct chat_hub hub;
static struct chat_peers peers;
static uint64_t now_ms;
static bool is_exempt;
static struct memory_fixture used;

static inline void
send_one(void *context, const struct addr *local, const struct addr *peer,
    struct span bytes)
{
	struct wire *wire = &wires[ntohl(peer->in4.sin_addr.s_addr) & 0xff];

	(void)context;
	assert_int_equal(addr_port(local), 31621);
	assert_true(bytes.len <= CHAT_PEER_DATAGRAM_MAX);
	assert_true(wire->len + bytes.len + 1 < SENT_MAX);
	memcpy(wire->text + wire->len, bytes.data, bytes.len);
	wire->len += bytes.len;
	wire->text[wire->len++] = '|';
	wire->text[wire->len] = '\0';
	wire->count++;
	if (bytes.len > wire->longest)
		wire->longest = bytes.len;
}

static inline void
wake(void *context, struct chat_person *person)
{
	(void)context;
	assert_int_equal(person->kind, CHAT_PERSON_DATAGRAM);
	chat_peer_wake(&peers, person);
}

static inline int
open_chat(void **state)
{
	const struct chat_memory memory = MEMORY_FIXTURE(&used);
	const struct chat_hub_calls calls = {.wake = wake, .memory = memory};
	const struct chat_peer_setup setup = {
	    .hub = &hub,
	    .memory = memory,
	    .send = send_one,
	    .settings = &settings,
	    .host_max = HOST_MAX,
	    .key = {1, 2},
	};

	(void)state;
	settings = (struct chat_settings){
	    .name = "netlabd",
	    .name_len = 7,
	    .flood = {1, 5},
	    .rooms = 10,
	    .udp_peers = PEERS_MAX,
	    .udp_idle_ms = IDLE_MS,
	};
	memset(wires, 0, sizeof(wires));
	used = (struct memory_fixture){0};
	now_ms = 1000000;
	is_exempt = false;
	assert_true(chat_hub_init(&hub, &settings, &calls, setup.key));
	assert_true(chat_peer_init(&peers, &setup));
	return 0;
}

static inline int
close_chat(void **state)
{
	(void)state;
	chat_peer_end(&peers);
	assert_int_equal(hub.count, 0);
	chat_hub_end(&hub);
	assert_int_equal(used.blocks, 0);
	return 0;
}

static inline struct addr
addr_of(uint32_t host, uint16_t port)
{
	struct addr addr = {
	    .in4 = {.sin_family = AF_INET}, .len = sizeof(addr.in4)};

	addr.in4.sin_port = htons(port);
	addr.in4.sin_addr.s_addr = htonl(host);
	return addr;
}

static char reply_text[TEXT_MAX];

/* A datagram of BYTES from HOST and PORT. Returns its outcome; what it was
 * replied is reply_text. */
static inline unsigned
send_from(uint32_t host, uint16_t port, const void *bytes, size_t len)
{
	const struct addr local = addr_of(NEAR + 99, 31621);
	const struct addr peer = addr_of(host, port);
	uint8_t out[CHAT_PEER_DATAGRAM_MAX];
	const struct datagram datagram = {
	    .bytes = {bytes, len},
	    .peer = &peer,
	    .local = &local,
	    .now_ms = now_ms,
	    .reply_max = host < FAR ? CHAT_PEER_DATAGRAM_MAX : len,
	};
	struct reply reply = chat_peer_answer(
	    &peers, &datagram, is_exempt, (struct space){out, sizeof(out)});

	reply_text[0] = '\0';
	assert_true(reply.outcome < CHAT_PEER_OUTCOME_COUNT);
	if (!reply.is_silent) {
		assert_true(reply.len > 0 && reply.len <= datagram.reply_max);
		memcpy(reply_text, out, reply.len);
		reply_text[reply.len] = '\0';
	}
	chat_peer_turn(&peers, now_ms);
	return reply.outcome;
}

static inline unsigned
say(uint32_t host, const char *text)
{
	return send_from(host, 5000, text, strlen(text));
}

/* What HOST was sent since this was asked last. */
static inline const char *
heard(uint32_t host)
{
	static char text[SENT_MAX];
	struct wire *wire = &wires[host & 0xff];

	memcpy(text, wire->text, wire->len + 1);
	*wire = (struct wire){.len = 0};
	return text;
}

static inline void
assert_heard(uint32_t host, const char *text)
{
	assert_string_equal(heard(host), text);
}

static inline void
assert_hears(uint32_t host, const char *part)
{
	const char *text = heard(host);

	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", part, text);
}

/* Joins anna and bob, who have heard all of that. */
static inline void
join_both(void)
{
	assert_int_equal(say(ANNA, "anna\n"), CHAT_PEER_JOINED);
	assert_int_equal(say(BOB, "bob\n"), CHAT_PEER_JOINED);
	now_ms += 1000;
	chat_peer_turn(&peers, now_ms);
	heard(ANNA);
	heard(BOB);
}

#endif
