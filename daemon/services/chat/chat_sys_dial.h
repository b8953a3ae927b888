/*
 * chat_sys_dial.h — a connection to the broker, made again and again, without
 * ever waiting: finding its addresses, trying each, and trying again later. All
 * that it waits for is behind one descriptor (chat_sys_wait.h). CHAT WORKER
 * only.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_SYS_DIAL_H
#define NETLAB_SERVICES_CHAT_CHAT_SYS_DIAL_H

#include "core/span.h"
#include "services/chat/chat_backoff.h"
#include "services/chat/chat_broker.h"
#include "services/chat/chat_sys_mqtt.h"
#include "services/chat/chat_sys_resolve.h"
#include "services/chat/chat_sys_wait.h"

#include <stdbool.h>
#include <stdint.h>

enum chat_sys_dial_state {
	CHAT_SYS_DIAL_WAITING, /* until due_ms */
	CHAT_SYS_DIAL_RESOLVING,
	CHAT_SYS_DIAL_CONNECTING, /* until due_ms at the latest */
	CHAT_SYS_DIAL_CONNECTED,
	CHAT_SYS_DIAL_OVER, /* never again */
};

/* What becomes of it; all in chat_sys_dial_tick, _turn or _lose. */
struct chat_sys_dial_calls {
	void (*ready)(void *context); /* connected, and subscribed to all */
	void (*received)(
	    void *context, const struct chat_remote_message *message);
	/* There is no connection, or none any more. */
	void (*lost)(void *context);
	void *context;
};

struct chat_sys_dial {
	const struct chat_broker *settings;
	struct chat_sys_dial_calls calls;
	struct chat_sys_wait wait;
	enum chat_sys_dial_state state;
	uint64_t due_ms;
	uint64_t since_ms;          /* connected */
	struct chat_sys_tls *tls;   /* NULL: none */
	struct chat_sys_mqtt *mqtt; /* NULL: no connection */
	struct chat_sys_resolve *resolve;
	struct chat_sys_addresses addresses; /* found, and not tried yet */
	struct chat_backoff backoff;
	char told[80]; /* why it failed last; empty: it did not */
};

/* Begins to look for the broker of SETTINGS, whose files lie in PART; both
 * outlive it. False: it cannot be, as told to the log. It is to be closed
 * either way. */
bool chat_sys_dial_open(struct chat_sys_dial *dial,
    const struct chat_broker *settings, struct span part,
    const struct chat_sys_dial_calls *calls)
    __attribute__((warn_unused_result));

/* Lets go of all, waiting for a name that is being looked up. */
void chat_sys_dial_close(struct chat_sys_dial *dial);

/* What is due by time, when the timer of its wait has fired. */
void chat_sys_dial_tick(struct chat_sys_dial *dial);

/* What else the EVENTS of its wait make possible. */
void chat_sys_dial_turn(
    struct chat_sys_dial *dial, const struct chat_sys_wait_events *events);

/* The connection is lost, since WHY, which may be text of it, or did not come
 * about: then other addresses may be left, and else it is tried later. */
void chat_sys_dial_lose(struct chat_sys_dial *dial, const char *why);

/* Waits for what the connection, if there is one, needs now; unless MAY_READ,
 * what comes in waits at the broker. To be called at the end of each turn. */
void chat_sys_dial_watch(struct chat_sys_dial *dial, bool may_read);

/* Takes leave of the broker, for good. */
void chat_sys_dial_leave(struct chat_sys_dial *dial);

#endif
