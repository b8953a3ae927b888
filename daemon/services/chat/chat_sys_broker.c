/* chat_sys_broker.c — what goes between the people here and the broker. */
#include "services/chat/chat_sys_broker.h"

#include "core/log.h"
#include "services/chat/chat_budget.h"
#include "services/chat/chat_remote_hear.h"
#include "services/chat/chat_sys_dial.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct chat_sys_broker {
	struct chat_remote remote;
	struct chat_sys_dial dial;
	struct chat_budget budget;
	uint32_t dropped; /* of chat_remote's, as told */
};

static void
on_ready(void *context)
{
	struct chat_sys_broker *broker = context;

	chat_remote_connected(&broker->remote);
}

static void
on_received(void *context, const struct chat_remote_message *message)
{
	struct chat_sys_broker *broker = context;

	chat_budget_spend(&broker->budget, message->payload.len);
	chat_remote_hear(&broker->remote, message, chat_sys_wait_now_ms());
}

static void
on_lost(void *context)
{
	struct chat_sys_broker *broker = context;

	chat_remote_lost(&broker->remote);
}

/* Once a second at most: a way that is too narrow is for the log. */
static void
tell_dropped(struct chat_sys_broker *broker)
{
	uint32_t count = broker->remote.dropped - broker->dropped;

	if (count != 0)
		log_warn("broker %s: it takes too little: %u lines were not "
		         "sent to other hosts",
		    broker->dial.settings->host, (unsigned)count);
	broker->dropped = broker->remote.dropped;
}

/* Sends what there is, as much as may be under way. */
static const char *
send_all(struct chat_sys_broker *broker)
{
	struct chat_remote_message message;
	struct chat_sys_mqtt *mqtt = broker->dial.mqtt;
	const char *why = NULL;

	while (why == NULL && mqtt != NULL && chat_sys_mqtt_window(mqtt) > 0 &&
	       chat_remote_next(
	           &broker->remote, chat_sys_wait_now_ms(), &message)) {
		why = chat_sys_mqtt_publish(mqtt, &message);
		chat_remote_sent(&broker->remote);
	}
	return why;
}

void
chat_sys_broker_run(struct chat_sys_broker *broker)
{
	struct chat_sys_dial *dial = &broker->dial;
	struct chat_sys_wait_events events = chat_sys_wait_look(&dial->wait);

	chat_budget_fill(&broker->budget, chat_sys_wait_now_ms());
	if (events.is_time) {
		tell_dropped(broker);
		chat_remote_expire(&broker->remote, chat_sys_wait_now_ms());
		chat_sys_dial_tick(dial);
	}
	chat_sys_dial_turn(dial, &events);
	const char *why = send_all(broker);

	if (why != NULL)
		chat_sys_dial_lose(dial, why);
	chat_sys_dial_watch(dial, chat_budget_is_left(&broker->budget));
}

void
chat_sys_broker_share(
    struct chat_sys_broker *broker, const struct chat_event *event)
{
	if (broker->dial.state != CHAT_SYS_DIAL_CONNECTED)
		return;
	chat_remote_share(&broker->remote, event);
	chat_sys_wait_kick(&broker->dial.wait);
}

int
chat_sys_broker_fd(const struct chat_sys_broker *broker)
{
	return broker->dial.wait.epoll;
}

struct chat_sys_broker *
chat_sys_broker_open(const struct chat_broker *settings, struct span part,
    struct chat_hub *hub, const struct chat_memory *memory)
{
	struct chat_sys_broker *broker = calloc(1, sizeof(*broker));
	const struct chat_sys_dial_calls calls = {
	    .ready = on_ready,
	    .received = on_received,
	    .lost = on_lost,
	    .context = broker,
	};

	if (broker == NULL ||
	    !chat_remote_init(&broker->remote, hub, settings, memory)) {
		log_error("broker: %s", strerror(ENOMEM));
		free(broker);
		return NULL;
	}
	broker->budget.filled_ms = chat_sys_wait_now_ms();
	if (chat_sys_dial_open(&broker->dial, settings, part, &calls))
		return broker;
	chat_sys_broker_close(broker);
	return NULL;
}

void
chat_sys_broker_leave(struct chat_sys_broker *broker)
{
	(void)send_all(broker);
	chat_sys_dial_leave(&broker->dial);
	broker->remote.is_connected = false;
}

void
chat_sys_broker_close(struct chat_sys_broker *broker)
{
	if (broker == NULL)
		return;
	chat_sys_dial_close(&broker->dial);
	chat_remote_end(&broker->remote);
	free(broker);
}
