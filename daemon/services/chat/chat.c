/*
 * chat.c — the door of the chat room: people in rooms, who talk in lines. It
 * has memory, the worker's calls, connections and datagrams; all else is in
 * pure files, around chat_hub.c.
 */
#include "services/chat/chat.h"

#include "services/chat/chat_hub.h"
#include "services/chat/chat_load.h"
#include "services/chat/chat_peer.h"
#include "services/chat/chat_peer_tell.h"
#include "services/chat/chat_session.h"
#include "services/chat/chat_sys_broker.h"

#include <stdlib.h>

/* Of connections, then of datagrams. */
#define DATAGRAM(outcome) [CHAT_SESSION_ENDS + CHAT_PEER_##outcome]

static const char *const outcomes[] = {
    [CHAT_SESSION_LEFT] = "left",
    [CHAT_SESSION_UNNAMED] = "unnamed",
    [CHAT_SESSION_FLOODED] = "flooded",
    [CHAT_SESSION_STOPPED] = "stopped",
    DATAGRAM(JOINED) = "udp_joined",
    DATAGRAM(HEARD) = "udp_heard",
    DATAGRAM(LEFT) = "udp_left",
    DATAGRAM(FLOODED) = "udp_flooded",
    DATAGRAM(CHALLENGED) = "udp_challenged",
    DATAGRAM(REFUSED) = "udp_refused",
    DATAGRAM(TOO_LONG) = "udp_too_long",
    DATAGRAM(DROPPED) = "udp_dropped",
    DATAGRAM(EMPTY) = "udp_empty",
    DATAGRAM(STRANGE) = "udp_strange",
    NULL,
};

/* All that the worker has for the room. */
struct chat {
	struct chat_hub hub;
	struct chat_peers peers;
	struct chat_sys_broker *broker;         /* NULL: none */
	const struct settings_prefixes *exempt; /* may talk at any rate */
	struct service_worker *worker;
	const struct service_calls *calls;
	uint64_t timer_at_ms; /* when timer() is to be called; 0: never */
};

static void *
allocate(void *context, size_t size)
{
	(void)context;
	return malloc(size);
}

static void
release(void *context, void *memory)
{
	(void)context;
	free(memory);
}

static void
wake(void *context, struct chat_person *person)
{
	struct chat *room = context;

	switch ((enum chat_person_kind)person->kind) {
	case CHAT_PERSON_STREAM:
		room->calls->wake(room->worker, person);
		break;
	case CHAT_PERSON_DATAGRAM:
		chat_peer_wake(&room->peers, person);
		break;
	case CHAT_PERSON_REMOTE:
		break;
	}
}

static void
send_datagram(void *context, const struct addr *local, const struct addr *peer,
    struct span bytes)
{
	const struct chat *room = context;

	room->calls->send(room->worker, local, peer, bytes);
}

static void
share(void *context, const struct chat_event *event)
{
	const struct chat *room = context;

	if (room->broker != NULL)
		chat_sys_broker_share(room->broker, event);
}

/* The hub, the table of those who talk by datagrams, and the way to the broker
 * of other hosts. */
static bool
open_chat(struct chat *room, const struct service_start *start,
    const struct chat_settings *settings)
{
	const struct chat_memory memory = {
	    .allocate = allocate, .release = release};
	const bool has_broker = *settings->broker.host != '\0';
	const struct chat_hub_calls calls = {
	    .wake = wake,
	    .share = has_broker ? share : NULL,
	    .context = room,
	    .memory = memory,
	};
	const struct chat_peer_setup setup = {
	    .hub = &room->hub,
	    .memory = memory,
	    .send = send_datagram,
	    .context = room,
	    .settings = settings,
	    .host_max = start->settings->max_per_address,
	    .key = {start->key[0], start->key[1]},
	};

	if (!chat_hub_init(&room->hub, settings, &calls, start->key))
		return false;
	if (!chat_peer_init(&room->peers, &setup)) {
		chat_hub_end(&room->hub);
		return false;
	}
	/* Without it, as told, rooms are those of this host. */
	if (has_broker)
		room->broker = chat_sys_broker_open(
		    &settings->broker, start->part, &room->hub, &memory);
	return true;
}

static void *
start(const struct service_start *start)
{
	const struct chat_settings *settings = (const void *)start->part.data;
	struct chat *room = calloc(1, sizeof(*room));

	if (room == NULL || start->part.len < sizeof(*settings)) {
		free(room);
		return NULL;
	}
	room->exempt = &start->settings->limit.exempt;
	room->worker = start->worker;
	room->calls = start->calls;
	if (open_chat(room, start, settings))
		return room;
	free(room);
	return NULL;
}

static bool
is_exempt(const struct chat *room, const struct addr *peer)
{
	for (uint32_t i = 0; i < room->exempt->count; i++)
		if (prefix_has(&room->exempt->list[i], peer))
			return true;
	return false;
}

static void
set_timer(struct chat *room, uint64_t now_ms, uint32_t after_ms)
{
	uint64_t at_ms = after_ms == 0 ? 0 : now_ms + after_ms;

	if (at_ms != room->timer_at_ms)
		room->calls->set_timer(room->worker, after_ms);
	room->timer_at_ms = at_ms;
}

/* The end of each hook: what was said in it leaves in datagrams too. */
static void
end_turn(struct chat *room, uint64_t now_ms)
{
	set_timer(room, now_ms, chat_peer_turn(&room->peers, now_ms));
}

/* The same for a hook that does not know what time it is. */
static void
end_soon(struct chat *room)
{
	if (chat_peer_is_woken(&room->peers))
		room->calls->set_timer(room->worker, 1);
}

static void
timer(void *state, uint64_t now_ms)
{
	struct chat *room = state;

	room->timer_at_ms = 0;
	end_turn(room, now_ms);
}

static struct reply
answer(void *state, const struct datagram *question, struct space out)
{
	struct chat *room = state;
	struct reply reply = chat_peer_answer(
	    &room->peers, question, is_exempt(room, question->peer), out);

	reply.outcome += CHAT_SESSION_ENDS;
	end_turn(room, question->now_ms);
	return reply;
}

static struct stream_step
input(void *state, void *memory, const struct stream *stream, struct space out)
{
	struct chat *room = state;
	struct chat_session *session = memory;

	if (stream->event == STREAM_OPEN) {
		session->person.kind = CHAT_PERSON_STREAM;
		session->person.is_exempt = is_exempt(room, stream->peer);
	}
	struct stream_step step =
	    chat_session_input(&room->hub, session, stream, out);

	end_turn(room, stream->now_ms);
	return step;
}

static void
end(void *state, void *memory)
{
	struct chat *room = state;
	struct chat_session *session = memory;

	chat_hub_leave(
	    &room->hub, &session->person, span_of("connection lost"));
	end_soon(room);
}

static int
watch(void *state)
{
	const struct chat *room = state;

	return room->broker == NULL ? -1 : chat_sys_broker_fd(room->broker);
}

static void
watched(void *state)
{
	struct chat *room = state;

	chat_sys_broker_run(room->broker);
	end_soon(room);
}

static void
drain(void *state, bool is_stopping)
{
	struct chat *room = state;

	chat_hub_notice(&room->hub,
	    span_of(is_stopping
	                ? "* the server stops"
	                : "* the server is reloaded: please connect again"));
	room->hub.is_over = true;
	chat_peer_tell_all(&room->peers);
	if (room->broker != NULL)
		chat_sys_broker_leave(room->broker);
}

const struct service chat_service = {
    .name = "chat",
    .role = ROLE_CHAT,
    .listen = {{.key = "chat",
        .transports = 1 << TRANSPORT_UDP | 1 << TRANSPORT_TCP}},
    .needs = NEED_ONE_WORKER | NEED_SHORT_BUFFERS | NEED_KEEPALIVE |
             NEED_LOOP_GUARD | NEED_RATE_LIMIT | NEED_SHORT_REPLY,
    .outcomes = outcomes,
    .options = chat_load_options,
    .datagram_max = CHAT_PEER_DATAGRAM_MAX,
    .session_size = sizeof(struct chat_session),
    .step_space = 32 * 1024,
    .full = "! the chat is full\n",
    .too_many = "! too many from your address\n",
    .load = chat_load,
    .start = start,
    .answer = answer,
    .input = input,
    .close = end,
    .timer = timer,
    .drain = drain,
    .watch = watch,
    .watched = watched,
};
