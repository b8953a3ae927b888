/*
 * chat_remote.h — the chat's people on other hosts, and what those hosts are
 * told of ours, as messages of a broker:
 *
 *   PREFIX/chat/ROOM       what is said and done in #ROOM
 *   PREFIX/presence/HOST   who is in the chat there (chat_presence.h), kept by
 *                          the broker; empty, as the host's last will: nobody
 *   PREFIX/direct/HOST     what is for one person there alone
 *
 * Whoever may publish there can have written what comes in: it is checked like
 * what a stranger types. Pure: memory and time are the caller's. CHAT WORKER
 * only.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_REMOTE_H
#define NETLAB_SERVICES_CHAT_CHAT_REMOTE_H

#include "core/span.h"
#include "services/chat/chat_broker.h"
#include "services/chat/chat_flood.h"
#include "services/chat/chat_hub.h"
#include "services/chat/chat_link.h"
#include "services/chat/chat_memory.h"
#include "services/chat/chat_outbox.h"
#include "services/chat/chat_presence.h"
#include "services/chat/chat_remote_text.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	CHAT_REMOTE_NODES_MAX = 64,
	CHAT_REMOTE_PEOPLE_MAX = 8192, /* of all other hosts: some 4 MiB */
	CHAT_REMOTE_BUCKETS = 1024,    /* of the table of them */
	CHAT_REMOTE_TOPIC_MAX = 320,   /* with its NUL */
	/* From list to list: who comes is told at once by itself. */
	CHAT_REMOTE_PRESENCE_MS = 1000,
	/* … at the most. A broker that was gone itself knows no last will: a
	 * host whose list is so old is no more. */
	CHAT_REMOTE_REFRESH_MS = 60000,
	CHAT_REMOTE_LEASE_MS = 180000,
	/* Lines of those who are on no host that we know, a second. */
	CHAT_REMOTE_GUEST_RATE = 20,
	CHAT_REMOTE_GUEST_BURST = 100,
};

struct chat_remote_message {
	const char *topic; /* all of it */
	struct span about; /* chat_remote_text_about; may be empty */
	struct span payload;
	bool is_retained; /* to be kept; or: was kept */
};

struct chat_remote_person;

struct chat_remote {
	struct chat_hub *hub;
	const struct chat_broker *broker;
	struct chat_memory memory;
	struct chat_link nodes;             /* struct chat_remote_node */
	struct chat_remote_person **people; /* CHAT_REMOTE_BUCKETS */
	uint8_t *list; /* CHAT_PRESENCE_MAX bytes: the last that was sent */
	struct chat_outbox outbox;
	struct chat_flood guests;
	uint64_t list_due_ms; /* no list before that */
	uint32_t node_count, person_count;
	uint32_t dropped; /* messages that found no room in the outbox */
	bool is_connected;
	bool is_list_old;  /* ours has to be sent again */
	bool is_list_next; /* it is what chat_remote_next has returned */
	bool is_away_told; /* people know that the others are gone */
	char topic[CHAT_REMOTE_TOPIC_MAX]; /* of the next message */
};

/* Nobody elsewhere, not connected. What is given outlives it; BROKER has its
 * prefix and node. False: no memory. */
bool chat_remote_init(struct chat_remote *remote, struct chat_hub *hub,
    const struct chat_broker *broker, const struct chat_memory *memory)
    __attribute__((warn_unused_result));

/* Gives back all memory, the hub being at its end. */
void chat_remote_end(struct chat_remote *remote);

/* Something has happened here (chat_hub_calls.share). Calls no hub. */
void chat_remote_share(
    struct chat_remote *remote, const struct chat_event *event);

/* The next message to send, borrowed until chat_remote_sent, which has to be
 * called for it; its topic until the next call. False: there is none now. */
bool chat_remote_next(struct chat_remote *remote, uint64_t now_ms,
    struct chat_remote_message *message);
void chat_remote_sent(struct chat_remote *remote);

/* Hosts whose lists are too old are no more: to be called each second. */
void chat_remote_expire(struct chat_remote *remote, uint64_t now_ms);

/* There is a connection now. / There is none (any more): everybody elsewhere
 * leaves, and people are told, once. */
void chat_remote_connected(struct chat_remote *remote);
void chat_remote_lost(struct chat_remote *remote);

#endif
