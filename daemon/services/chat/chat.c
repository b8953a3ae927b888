/*
 * chat.c — the door of the chat room: people in rooms, who talk in lines. It
 * has memory, the worker's calls, and the connections; all else is in pure
 * files, around chat_hub.c.
 */
#include "services/chat/chat.h"

#include "services/chat/chat_hub.h"
#include "services/chat/chat_load.h"
#include "services/chat/chat_session.h"
#include "services/chat/chat_sys_broker.h"

#include <stdlib.h>

static const char *const outcomes[] = {
    [CHAT_SESSION_LEFT] = "left",
    [CHAT_SESSION_UNNAMED] = "unnamed",
    [CHAT_SESSION_FLOODED] = "flooded",
    [CHAT_SESSION_STOPPED] = "stopped",
    NULL,
};

/* All that the worker has for the room. */
struct chat {
	struct chat_hub hub;
	struct chat_sys_broker *broker;         /* NULL: none */
	const struct settings_prefixes *exempt; /* may talk at any rate */
	struct service_worker *worker;
	const struct service_calls *calls;
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
	const struct chat *room = context;

	if (person->kind == CHAT_PERSON_STREAM)
		room->calls->wake(room->worker, person);
}

static void
share(void *context, const struct chat_event *event)
{
	const struct chat *room = context;

	if (room->broker != NULL)
		chat_sys_broker_share(room->broker, event);
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
	const struct chat_hub_calls calls = {
	    .wake = wake,
	    .share = *settings->broker.host == '\0' ? NULL : share,
	    .context = room,
	    .memory = {.allocate = allocate, .release = release},
	};

	if (!chat_hub_init(&room->hub, settings, &calls, start->key)) {
		free(room);
		return NULL;
	}
	/* Without it, as told, rooms are those of this host. */
	if (*settings->broker.host != '\0')
		room->broker = chat_sys_broker_open(
		    &settings->broker, start->part, &room->hub, &calls.memory);
	return room;
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
}

static bool
is_exempt(const struct chat *room, const struct addr *peer)
{
	for (uint32_t i = 0; i < room->exempt->count; i++)
		if (prefix_has(&room->exempt->list[i], peer))
			return true;
	return false;
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
	return chat_session_input(&room->hub, session, stream, out);
}

static void
end(void *state, void *memory)
{
	static const uint8_t reason[] = "connection lost";
	struct chat *room = state;
	struct chat_session *session = memory;

	chat_hub_leave(&room->hub, &session->person,
	    (struct span){reason, sizeof(reason) - 1});
}

static void
drain(void *state, bool is_stopping)
{
	static const uint8_t stops[] = "* the server stops";
	static const uint8_t reloaded[] =
	    "* the server is reloaded: please connect again";
	struct chat *room = state;

	chat_hub_notice(&room->hub,
	    is_stopping ? (struct span){stops, sizeof(stops) - 1}
	                : (struct span){reloaded, sizeof(reloaded) - 1});
	room->hub.is_over = true;
	if (room->broker != NULL)
		chat_sys_broker_leave(room->broker);
}

const struct service chat_service = {
    .name = "chat",
    .role = ROLE_CHAT,
    .listen = {{.key = "chat", .transports = 1 << TRANSPORT_TCP}},
    .needs = NEED_ONE_WORKER | NEED_SHORT_BUFFERS | NEED_KEEPALIVE,
    .outcomes = outcomes,
    .options = chat_load_options,
    .session_size = sizeof(struct chat_session),
    .step_space = 32 * 1024,
    .load = chat_load,
    .start = start,
    .input = input,
    .close = end,
    .drain = drain,
    .watch = watch,
    .watched = watched,
};
