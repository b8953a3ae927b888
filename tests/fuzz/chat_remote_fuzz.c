/*
 * chat_remote_fuzz.c — whatever a broker delivers, people hear clean lines, and
 * what is remembered of other hosts is bounded and goes with them. An input is
 * messages: a byte that says which topic, property or other turn, a byte for
 * the payload's length, and the payload.
 */
#include "core/utf8.h"
#include "services/chat/chat_remote_hear.h"
#include "services/chat/chat_text.h"

#include "../unit/services/chat/chat_memory_fixture.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const topics[] = {"lab/chat/lobby", "lab/chat/sea",
    "lab/presence/b", "lab/presence/c", "lab/direct/a", "lab/presence/a",
    "lab/chat/", "lab"};
static const char *const abouts[] = {"", "b say 1 x", "b join 1 x",
    "b leave 1 x", "b move 1 x", "b nick 1 x", "b direct 1 x", "c me 2 y"};

struct chat {
	struct memory_fixture memory;
	struct chat_settings settings;
	struct chat_broker broker;
	struct chat_hub hub;
	struct chat_remote remote;
	struct chat_person anna;
};

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

static void
wake(void *context, struct chat_person *person)
{
	(void)context;
	(void)person;
}

static void
share(void *context, const struct chat_event *event)
{
	struct chat *chat = context;

	chat_remote_share(&chat->remote, event);
}

/* TEXT is what anybody's terminal may get; and line ends, where HAS_ENDS. */
static void
check_text(struct span text, bool has_ends)
{
	while (text.len > 0) {
		size_t len = utf8_len(text);

		check(len > 0);
		check((has_ends && text.data[0] == '\n') ||
		      chat_text_is_shown(utf8_code_point(text.data, len)));
		text = (struct span){text.data + len, text.len - len};
	}
}

static void
listen(struct chat *chat)
{
	uint8_t bytes[8192];
	size_t len;

	do {
		len = chat_hub_take(&chat->hub, &chat->anna,
		    (struct space){bytes, sizeof(bytes)});
		check(len == 0 || bytes[len - 1] == '\n');
		check_text((struct span){bytes, len}, true);
	} while (len > 0);
}

/* All that is to be sent is what is made of clean lines. */
static void
send_all(struct chat *chat, uint64_t now_ms)
{
	struct chat_remote_message message;

	while (chat_remote_next(&chat->remote, now_ms, &message)) {
		check(strncmp(message.topic, "lab/", 4) == 0);
		check(message.payload.len <= CHAT_PRESENCE_MAX);
		check_text(message.payload, message.is_retained);
		chat_remote_sent(&chat->remote);
	}
}

static void
type(struct chat *chat, struct span line)
{
	(void)chat_hub_line(&chat->hub, &chat->anna, line, false, 1);
}

static void
step(struct chat *chat, uint8_t what, struct span payload, uint64_t now_ms)
{
	const struct chat_remote_message message = {
	    .topic = topics[what & 7],
	    .about = {(const uint8_t *)abouts[what >> 3 & 7],
	        strlen(abouts[what >> 3 & 7])},
	    .payload = payload,
	};

	if (what >> 6 == 3) {
		if ((what & 1) != 0)
			chat_remote_lost(&chat->remote);
		chat_remote_connected(&chat->remote);
		if (chat->anna.room != NULL)
			type(chat, payload);
	} else {
		chat_remote_hear(&chat->remote, &message, now_ms);
	}
	chat_remote_expire(&chat->remote, now_ms);
	check(chat->remote.node_count <= 2);
	listen(chat);
	send_all(chat, now_ms);
}

static void
open_chat(struct chat *chat)
{
	static const uint64_t key[2] = {1, 2};
	const struct chat_hub_calls calls = {
	    .wake = wake,
	    .share = share,
	    .context = chat,
	    .memory = MEMORY_FIXTURE(&chat->memory),
	};

	chat->settings = (struct chat_settings){
	    .name = "netlabd", .name_len = 7, .rooms = 4};
	chat->broker = (struct chat_broker){.node = "a", .prefix = "lab"};
	check(chat_hub_init(&chat->hub, &chat->settings, &calls, key));
	check(chat_remote_init(
	    &chat->remote, &chat->hub, &chat->broker, &calls.memory));
	chat_remote_connected(&chat->remote);
	type(chat, (struct span){(const uint8_t *)"anna", 4});
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chat chat = {.anna = {.kind = CHAT_PERSON_STREAM}};
	uint64_t now_ms = 1000;

	open_chat(&chat);
	while (size >= 2) {
		size_t len = data[1] < size - 2 ? data[1] : size - 2;

		step(&chat, data[0], (struct span){data + 2, len}, now_ms);
		data += 2 + len;
		size -= 2 + len;
		now_ms += 300 + (uint64_t)data[-1] * 1000;
	}
	chat_remote_lost(&chat.remote);
	check(chat.remote.node_count == 0 && chat.remote.person_count == 0);
	listen(&chat);
	chat_hub_leave(&chat.hub, &chat.anna, (struct span){0});
	/* Nobody is left: so is no room. */
	check(chat.hub.count == 0 && chat.hub.rooms.count == 1);
	chat_remote_end(&chat.remote);
	chat_hub_end(&chat.hub);
	return 0;
}
