/*
 * chat_sys_broker.c — the way to the broker.
 *
 * The descriptor is an epoll set of a timer, of an event for what the worker or
 * a thread has left to do, and of the connection's socket.
 */
#include "services/chat/chat_sys_broker.h"

#include "core/log.h"
#include "services/chat/chat_backoff.h"
#include "services/chat/chat_remote_hear.h"
#include "services/chat/chat_sys_mqtt.h"
#include "services/chat/chat_sys_resolve.h"
#include "services/chat/chat_sys_wait.h"

#include <errno.h>
#include <mosquitto.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <time.h>

enum {
	/* From the first packet to being subscribed: it is there, or is not. */
	CONNECT_MAX_MS = 10000,
	/* Soon after a start: an old worker, which a reload replaces, has to
	 * leave first. */
	FIRST_MS = 100,
	/* What is read in a turn, so that people here do not wait for those
	 * elsewhere. */
	PACKETS_MAX = 64,
	/* … and in a second: what is beyond that waits at the broker. */
	BYTES_PER_SECOND = 2 << 20,
	PACKET_COST = 100, /* bytes that each packet is taken for at least */
	/* So many connections in a row that did not last: it is no accident. */
	BRIEF_MAX = 2,
};

enum state {
	STATE_WAITING, /* until DUE */
	STATE_RESOLVING,
	STATE_CONNECTING, /* until DUE at the latest */
	STATE_CONNECTED,
	STATE_OVER, /* never again */
};

struct chat_sys_broker {
	const struct chat_broker *settings;
	struct chat_remote remote;
	struct chat_sys_wait wait;
	enum state state;
	uint64_t due_ms;
	uint64_t since_ms;        /* connected */
	struct chat_sys_tls *tls; /* NULL: none */
	struct chat_sys_mqtt *mqtt;
	struct chat_sys_resolve *resolve;
	struct chat_sys_addresses addresses; /* found, and not tried yet */
	struct chat_backoff backoff;
	unsigned brief;     /* connections in a row that did not last */
	uint32_t dropped;   /* of chat_remote's, as told */
	uint64_t filled_ms; /* when BUDGET was right */
	int64_t budget;     /* bytes that may be read */
	bool is_failure_told;
};

static uint64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static uint32_t
chance(void)
{
	uint32_t bits = 0;

	(void)!getrandom(&bits, sizeof(bits), GRND_NONBLOCK);
	return bits;
}

/* ------------------------------------------------------------------- states
 */

static void
wait_until(struct chat_sys_broker *broker, enum state state, uint64_t ms)
{
	broker->state = state;
	broker->due_ms = now_ms() + ms;
	chat_sys_wait_arm(
	    &broker->wait, state == STATE_WAITING ? ms : CHAT_SYS_WAIT_TICK_MS);
}

/* What the connection waits for now; nothing to read beyond the budget. */
static void
watch_socket(struct chat_sys_broker *broker)
{
	uint32_t events = chat_sys_mqtt_events(broker->mqtt);

	if (broker->budget <= 0 && broker->state == STATE_CONNECTED)
		events &= ~(uint32_t)EPOLLIN;
	chat_sys_wait_socket(
	    &broker->wait, chat_sys_mqtt_fd(broker->mqtt), events);
}

/* ---------------------------------------------------------- the connection */

static void
drop(struct chat_sys_broker *broker)
{
	chat_sys_wait_forget(&broker->wait);
	chat_sys_mqtt_drop(broker->mqtt);
	broker->mqtt = NULL;
}

/*
 * How long to wait before the next connection. Two hosts of one name throw each
 * other out for ever (MQTT 5 §3.1.4-3), and mosquitto does not say that this is
 * why.
 */
static uint32_t
next_wait_ms(struct chat_sys_broker *broker, bool was_connected)
{
	uint64_t lasted_ms = was_connected ? now_ms() - broker->since_ms : 0;

	if (!was_connected)
		return chat_backoff_next(&broker->backoff, 0, chance());
	if (lasted_ms >= CHAT_BACKOFF_GOOD_MS)
		broker->brief = 0;
	else
		broker->brief++;
	if (broker->brief < BRIEF_MAX)
		return chat_backoff_next(&broker->backoff, lasted_ms, chance());
	log_error("broker %s: connections do not last: is another server "
	          "called \"%s\" there? 'broker_node' is for one alone",
	    broker->settings->host, broker->settings->node);
	return chat_backoff_most(&broker->backoff, chance());
}

/* There is no connection, or none any more, since WHY, which may be text of the
 * connection that is dropped here. */
static void
fail(struct chat_sys_broker *broker, const char *why)
{
	bool was_connected = broker->state == STATE_CONNECTED;
	uint32_t wait_ms = next_wait_ms(broker, was_connected);

	/* Said once, and then when there is a change. */
	if (was_connected || !broker->is_failure_told)
		log_warn("broker %s: %s; trying again, now in %u ms",
		    broker->settings->host, why, (unsigned)wait_ms);
	broker->is_failure_told = true;
	drop(broker);
	wait_until(broker, STATE_WAITING, wait_ms);
	chat_remote_lost(&broker->remote);
}

static void
on_ready(void *context)
{
	struct chat_sys_broker *broker = context;

	broker->state = STATE_CONNECTED;
	broker->since_ms = now_ms();
	broker->addresses.count = 0;
	broker->is_failure_told = false;
	log_notice("broker %s: connected as %s", broker->settings->host,
	    broker->settings->node);
	chat_remote_connected(&broker->remote);
}

static void
on_received(void *context, const struct chat_remote_message *message)
{
	struct chat_sys_broker *broker = context;

	broker->budget -= PACKET_COST + (int64_t)message->payload.len;
	chat_remote_hear(&broker->remote, message, now_ms());
}

static bool
connect_to(
    struct chat_sys_broker *broker, const char *address, const char **why)
{
	const struct chat_sys_mqtt_calls calls = {
	    .ready = on_ready,
	    .received = on_received,
	    .context = broker,
	};

	broker->mqtt = chat_sys_mqtt_open(
	    broker->settings, broker->tls, address, &calls, why);
	if (broker->mqtt == NULL)
		return false;
	wait_until(broker, STATE_CONNECTING, CONNECT_MAX_MS);
	watch_socket(broker);
	return true;
}

/* Tries the addresses that are left, each once; of the last that fails it is
 * told why. */
static void
try_addresses(struct chat_sys_broker *broker, const char *why)
{
	char text[ADDR_TEXT_MAX];

	drop(broker);
	while (broker->addresses.count > 0) {
		struct addr *list = broker->addresses.list;

		addr_format_host(&list[0], text);
		broker->addresses.count--;
		memmove(
		    list, list + 1, broker->addresses.count * sizeof(list[0]));
		if (connect_to(broker, text, &why))
			return;
	}
	fail(broker, why);
}

static void
look(struct chat_sys_broker *broker)
{
	const char *why;

	if (broker->settings->is_address) {
		if (!connect_to(broker, broker->settings->host, &why))
			fail(broker, why);
		return;
	}
	broker->resolve =
	    chat_sys_resolve_start(broker->settings->host, broker->wait.event);
	if (broker->resolve == NULL)
		fail(broker, strerror(errno));
	else
		broker->state = STATE_RESOLVING;
}

/* A thread may have an answer. */
static void
hear_resolve(struct chat_sys_broker *broker)
{
	if (broker->resolve == NULL ||
	    !chat_sys_resolve_end(broker->resolve, &broker->addresses))
		return;
	broker->resolve = NULL;
	if (broker->state == STATE_RESOLVING)
		try_addresses(broker, broker->addresses.why);
}

/* The connection is lost, or did not come about: then there may be others. */
static void
lose(struct chat_sys_broker *broker, const char *why)
{
	if (broker->state == STATE_CONNECTING &&
	    !chat_sys_mqtt_is_refused(broker->mqtt) &&
	    broker->addresses.count > 0)
		try_addresses(broker, why);
	else
		fail(broker, why);
}

/* ------------------------------------------------------------------- turns */

/* What was not read for a while may be read together, for a second at most. */
static void
fill_budget(struct chat_sys_broker *broker)
{
	uint64_t now = now_ms();
	uint64_t passed = now - broker->filled_ms;

	broker->filled_ms = now;
	if (passed > 1000)
		passed = 1000;
	broker->budget += (int64_t)passed * (BYTES_PER_SECOND / 1000);
	if (broker->budget > BYTES_PER_SECOND)
		broker->budget = BYTES_PER_SECOND;
}

/* Once a second at most: a way that is too narrow is for the log. */
static void
tell_dropped(struct chat_sys_broker *broker)
{
	uint32_t count = broker->remote.dropped - broker->dropped;

	if (count != 0)
		log_warn("broker %s: it takes too little: %u lines were not "
		         "sent to other hosts",
		    broker->settings->host, (unsigned)count);
	broker->dropped = broker->remote.dropped;
}

static void
tick(struct chat_sys_broker *broker)
{
	const char *why = NULL;

	tell_dropped(broker);
	chat_remote_expire(&broker->remote, now_ms());
	if (broker->mqtt != NULL)
		why = chat_sys_mqtt_tick(broker->mqtt);
	if (why == NULL && broker->state == STATE_CONNECTING &&
	    now_ms() >= broker->due_ms)
		why = "no answer";
	if (why != NULL)
		lose(broker, why);
	else if (broker->state == STATE_WAITING && now_ms() >= broker->due_ms)
		look(broker);
}

/* Sends what there is, as much as may be under way. */
static const char *
send_all(struct chat_sys_broker *broker)
{
	struct chat_remote_message message;
	const char *why = NULL;

	while (why == NULL && broker->mqtt != NULL &&
	       chat_sys_mqtt_window(broker->mqtt) > 0 &&
	       chat_remote_next(&broker->remote, now_ms(), &message)) {
		why = chat_sys_mqtt_publish(broker->mqtt, &message);
		chat_remote_sent(&broker->remote);
	}
	return why;
}

/* What the socket's EVENTS make possible. */
static void
turn(struct chat_sys_broker *broker, uint32_t events)
{
	const char *why = chat_sys_mqtt_turn(broker->mqtt, events, PACKETS_MAX);

	if (why != NULL)
		lose(broker, why);
}

void
chat_sys_broker_run(struct chat_sys_broker *broker)
{
	struct chat_sys_wait_events events = chat_sys_wait_look(&broker->wait);

	fill_budget(broker);
	if (events.is_time)
		tick(broker);
	if (events.socket != 0 && broker->mqtt != NULL &&
	    events.fd == broker->wait.watched)
		turn(broker, events.socket);
	hear_resolve(broker);
	const char *why = send_all(broker);

	if (why != NULL)
		lose(broker, why);
	if (broker->mqtt != NULL)
		watch_socket(broker);
}

void
chat_sys_broker_share(
    struct chat_sys_broker *broker, const struct chat_event *event)
{
	if (broker->state != STATE_CONNECTED)
		return;
	chat_remote_share(&broker->remote, event);
	chat_sys_wait_kick(&broker->wait);
}

int
chat_sys_broker_fd(const struct chat_sys_broker *broker)
{
	return broker->wait.epoll;
}

/* ------------------------------------------------------- the start and end */

static bool
open_tls(struct chat_sys_broker *broker, struct span part)
{
	const char *why = NULL;

	if (!broker->settings->is_tls)
		return true;
	broker->tls = chat_sys_tls_open(broker->settings, part, &why);
	if (broker->tls == NULL)
		log_error("broker: %s", why);
	return broker->tls != NULL;
}

struct chat_sys_broker *
chat_sys_broker_open(const struct chat_broker *settings, struct span part,
    struct chat_hub *hub, const struct chat_memory *memory)
{
	struct chat_sys_broker *broker = calloc(1, sizeof(*broker));

	if (broker == NULL ||
	    !chat_remote_init(&broker->remote, hub, settings, memory)) {
		log_error("broker: %s", strerror(ENOMEM));
		free(broker);
		return NULL;
	}
	broker->settings = settings;
	broker->filled_ms = now_ms();
	(void)mosquitto_lib_init();
	bool is_open = chat_sys_wait_open(&broker->wait);

	if (!is_open)
		log_error("broker: %s", strerror(errno));
	if (!is_open || !open_tls(broker, part)) {
		chat_sys_broker_close(broker);
		return NULL;
	}
	wait_until(broker, STATE_WAITING, FIRST_MS);
	return broker;
}

void
chat_sys_broker_leave(struct chat_sys_broker *broker)
{
	(void)send_all(broker);
	chat_sys_wait_forget(&broker->wait);
	chat_sys_mqtt_leave(broker->mqtt);
	broker->mqtt = NULL;
	broker->remote.is_connected = false;
	broker->state = STATE_OVER;
	chat_sys_wait_arm(&broker->wait, 0);
}

/* A thread has what is about to go. */
static void
await_resolve(struct chat_sys_broker *broker)
{
	while (broker->resolve != NULL &&
	       !chat_sys_resolve_end(broker->resolve, &broker->addresses))
		chat_sys_wait_for_event(&broker->wait);
	broker->resolve = NULL;
}

void
chat_sys_broker_close(struct chat_sys_broker *broker)
{
	if (broker == NULL)
		return;
	await_resolve(broker);
	drop(broker);
	chat_remote_end(&broker->remote);
	chat_sys_wait_close(&broker->wait);
	chat_sys_tls_close(broker->tls);
	free(broker);
	(void)mosquitto_lib_cleanup();
}
