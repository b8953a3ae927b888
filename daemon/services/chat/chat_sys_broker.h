/*
 * chat_sys_broker.h — the way to the broker: carries messages between
 * chat_remote, which knows what they mean, and chat_sys_dial, which has the
 * connection. All that it waits for is behind one descriptor, for the worker to
 * watch. CHAT WORKER only.
 */
#ifndef NETLAB_SERVICES_CHAT_CHAT_SYS_BROKER_H
#define NETLAB_SERVICES_CHAT_CHAT_SYS_BROKER_H

#include "core/span.h"
#include "services/chat/chat_broker.h"
#include "services/chat/chat_hub.h"

struct chat_sys_broker;

/* Begins to look for BROKER, whose files lie in PART, for the people of HUB;
 * all of these outlive it, and so does what MEMORY points to. NULL: it cannot
 * be, as told to the log. */
struct chat_sys_broker *chat_sys_broker_open(const struct chat_broker *broker,
    struct span part, struct chat_hub *hub, const struct chat_memory *memory);

/* What to watch (service.h, watch), and what to do when it is readable. */
int chat_sys_broker_fd(const struct chat_sys_broker *broker);
void chat_sys_broker_run(struct chat_sys_broker *broker);

/* Something has happened here: chat_hub_calls.share. */
void chat_sys_broker_share(
    struct chat_sys_broker *broker, const struct chat_event *event);

/* Takes leave of the other hosts, for good: the worker is about to go. People
 * here are told nothing. */
void chat_sys_broker_leave(struct chat_sys_broker *broker);

/* Lets go of all, waiting for a name that is being looked up. NULL: nothing. */
void chat_sys_broker_close(struct chat_sys_broker *broker);

#endif
