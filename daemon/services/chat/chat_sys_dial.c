/* chat_sys_dial.c — a connection to the broker, made again and again. */
#include "services/chat/chat_sys_dial.h"

#include "core/log.h"

#include <errno.h>
#include <mosquitto.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>

enum {
	/* From the first packet to being subscribed: it is there, or is not. */
	CONNECT_MAX_MS = 10000,
	/* Soon after a start: an old worker, which a reload replaces, has to
	 * leave first. */
	FIRST_MS = 100,
	/* What is read in a turn, so that people here do not wait for those
	 * elsewhere. */
	PACKETS_MAX = 64,
};

static uint32_t
chance(void)
{
	uint32_t bits = 0;

	(void)!getrandom(&bits, sizeof(bits), GRND_NONBLOCK);
	return bits;
}

static void
wait_until(
    struct chat_sys_dial *dial, enum chat_sys_dial_state state, uint64_t ms)
{
	dial->state = state;
	dial->due_ms = chat_sys_wait_now_ms() + ms;
	chat_sys_wait_arm(&dial->wait,
	    state == CHAT_SYS_DIAL_WAITING ? ms : CHAT_SYS_WAIT_TICK_MS);
}

static void
drop(struct chat_sys_dial *dial)
{
	chat_sys_wait_forget(&dial->wait);
	chat_sys_mqtt_drop(dial->mqtt);
	dial->mqtt = NULL;
}

/* There is no connection, or none any more, since WHY, which may be text of the
 * connection that is dropped here. */
static void
fail(struct chat_sys_dial *dial, const char *why)
{
	bool was_connected = dial->state == CHAT_SYS_DIAL_CONNECTED;
	uint64_t lasted_ms =
	    was_connected ? chat_sys_wait_now_ms() - dial->since_ms + 1 : 0;
	uint32_t wait_ms =
	    chat_backoff_next(&dial->backoff, lasted_ms, chance());

	/* Said once, and then when there is a change. */
	if (was_connected ||
	    strncmp(dial->told, why, sizeof(dial->told) - 1) != 0)
		log_warn("broker %s: %s; trying again, now in %u ms",
		    dial->settings->host, why, (unsigned)wait_ms);
	snprintf(dial->told, sizeof(dial->told), "%s", why);
	if (was_connected && chat_backoff_is_vain(&dial->backoff))
		log_error("broker %s: connections do not last: is another "
		          "server called \"%s\" there? 'broker_node' is for "
		          "one alone",
		    dial->settings->host, dial->settings->node);
	drop(dial);
	wait_until(dial, CHAT_SYS_DIAL_WAITING, wait_ms);
	dial->calls.lost(dial->calls.context);
}

static void
on_ready(void *context)
{
	struct chat_sys_dial *dial = context;

	dial->state = CHAT_SYS_DIAL_CONNECTED;
	dial->since_ms = chat_sys_wait_now_ms();
	dial->addresses.count = 0;
	*dial->told = '\0';
	log_notice("broker %s: connected as %s", dial->settings->host,
	    dial->settings->node);
	dial->calls.ready(dial->calls.context);
}

static void
on_received(void *context, const struct chat_remote_message *message)
{
	struct chat_sys_dial *dial = context;

	dial->calls.received(dial->calls.context, message);
}

static bool
connect_to(struct chat_sys_dial *dial, const char *address, const char **why)
{
	const struct chat_sys_mqtt_calls calls = {
	    .ready = on_ready,
	    .received = on_received,
	    .context = dial,
	};

	dial->mqtt =
	    chat_sys_mqtt_open(dial->settings, dial->tls, address, &calls, why);
	if (dial->mqtt == NULL)
		return false;
	wait_until(dial, CHAT_SYS_DIAL_CONNECTING, CONNECT_MAX_MS);
	return true;
}

/* Tries the addresses that are left, each once; of the last that fails it is
 * told why. */
static void
try_addresses(struct chat_sys_dial *dial, const char *why)
{
	char text[ADDR_TEXT_MAX];

	drop(dial);
	while (dial->addresses.count > 0) {
		struct addr *list = dial->addresses.list;

		addr_format_host(&list[0], text);
		dial->addresses.count--;
		memmove(
		    list, list + 1, dial->addresses.count * sizeof(list[0]));
		if (connect_to(dial, text, &why))
			return;
	}
	fail(dial, why);
}

static void
look(struct chat_sys_dial *dial)
{
	const char *why;

	if (dial->settings->is_address) {
		if (!connect_to(dial, dial->settings->host, &why))
			fail(dial, why);
		return;
	}
	dial->resolve =
	    chat_sys_resolve_start(dial->settings->host, dial->wait.event);
	if (dial->resolve == NULL)
		fail(dial, strerror(errno));
	else
		dial->state = CHAT_SYS_DIAL_RESOLVING;
}

void
chat_sys_dial_lose(struct chat_sys_dial *dial, const char *why)
{
	if (dial->state == CHAT_SYS_DIAL_CONNECTING &&
	    !chat_sys_mqtt_is_refused(dial->mqtt) && dial->addresses.count > 0)
		try_addresses(dial, why);
	else
		fail(dial, why);
}

void
chat_sys_dial_tick(struct chat_sys_dial *dial)
{
	const char *why = NULL;
	bool is_due = chat_sys_wait_now_ms() >= dial->due_ms;

	if (dial->mqtt != NULL)
		why = chat_sys_mqtt_tick(dial->mqtt);
	if (why == NULL && dial->state == CHAT_SYS_DIAL_CONNECTING && is_due)
		why = "no answer";
	if (why != NULL)
		chat_sys_dial_lose(dial, why);
	else if (dial->state == CHAT_SYS_DIAL_WAITING && is_due)
		look(dial);
}

/* A thread may have an answer. */
static void
hear_resolve(struct chat_sys_dial *dial)
{
	if (dial->resolve == NULL ||
	    !chat_sys_resolve_end(dial->resolve, &dial->addresses))
		return;
	dial->resolve = NULL;
	if (dial->state == CHAT_SYS_DIAL_RESOLVING)
		try_addresses(dial, dial->addresses.why);
}

void
chat_sys_dial_turn(
    struct chat_sys_dial *dial, const struct chat_sys_wait_events *events)
{
	const char *why = NULL;

	/* Another one's events, if the socket was replaced meanwhile. */
	if (events->socket != 0 && dial->mqtt != NULL &&
	    events->fd == dial->wait.watched)
		why =
		    chat_sys_mqtt_turn(dial->mqtt, events->socket, PACKETS_MAX);
	if (why != NULL)
		chat_sys_dial_lose(dial, why);
	hear_resolve(dial);
}

void
chat_sys_dial_watch(struct chat_sys_dial *dial, bool may_read)
{
	if (dial->mqtt == NULL)
		return;
	uint32_t events = chat_sys_mqtt_events(dial->mqtt);

	if (!may_read && dial->state == CHAT_SYS_DIAL_CONNECTED)
		events &= ~(uint32_t)EPOLLIN;
	chat_sys_wait_socket(&dial->wait, chat_sys_mqtt_fd(dial->mqtt), events);
}

static bool
open_tls(struct chat_sys_dial *dial, struct span part)
{
	const char *why = NULL;

	if (!dial->settings->is_tls)
		return true;
	dial->tls = chat_sys_tls_open(dial->settings, part, &why);
	if (dial->tls == NULL)
		log_error("broker: %s", why);
	return dial->tls != NULL;
}

bool
chat_sys_dial_open(struct chat_sys_dial *dial,
    const struct chat_broker *settings, struct span part,
    const struct chat_sys_dial_calls *calls)
{
	*dial = (struct chat_sys_dial){.settings = settings, .calls = *calls};
	(void)mosquitto_lib_init();
	if (!chat_sys_wait_open(&dial->wait)) {
		log_error("broker: %s", strerror(errno));
		return false;
	}
	if (!open_tls(dial, part))
		return false;
	wait_until(dial, CHAT_SYS_DIAL_WAITING, FIRST_MS);
	return true;
}

void
chat_sys_dial_leave(struct chat_sys_dial *dial)
{
	chat_sys_wait_forget(&dial->wait);
	chat_sys_mqtt_leave(dial->mqtt);
	dial->mqtt = NULL;
	dial->state = CHAT_SYS_DIAL_OVER;
	chat_sys_wait_arm(&dial->wait, 0);
}

/* A thread has what is about to go. */
static void
await_resolve(struct chat_sys_dial *dial)
{
	while (dial->resolve != NULL &&
	       !chat_sys_resolve_end(dial->resolve, &dial->addresses))
		chat_sys_wait_for_event(&dial->wait);
	dial->resolve = NULL;
}

void
chat_sys_dial_close(struct chat_sys_dial *dial)
{
	await_resolve(dial);
	drop(dial);
	chat_sys_wait_close(&dial->wait);
	chat_sys_tls_close(dial->tls);
	(void)mosquitto_lib_cleanup();
}
