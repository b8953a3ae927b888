/* chat_hub_talk.c — what people say, as others hear it. */
#include "services/chat/chat_hub_talk.h"

#include "services/chat/chat_hub_inside.h"
#include "services/chat/chat_post.h"

void
chat_hub_talk_room(struct chat_hub *hub, struct chat_room *room,
    struct chat_person *person, struct span name, struct span text,
    bool is_done)
{
	struct chat_compose line = {.len = 0};

	chat_compose_text(&line, is_done ? "* " : "<");
	chat_compose_span(&line, name);
	chat_compose_text(&line, is_done ? " " : "> ");
	chat_compose_span(&line, text);
	chat_post_room(hub, room, person, true, &line);
}

void
chat_hub_talk_direct(struct chat_hub *hub, struct chat_person *target,
    struct span name, struct span text)
{
	struct chat_compose line = {.len = 0};

	chat_compose_text(&line, "-> [");
	chat_compose_span(&line, name);
	chat_compose_text(&line, "] ");
	chat_compose_span(&line, text);
	chat_post_person(hub, target, &line);
}

void
chat_hub_talk_rename(
    struct chat_hub *hub, struct chat_person *person, struct span name)
{
	struct chat_compose line = {.len = 0};

	chat_compose_text(&line, "* ");
	chat_compose_span(&line, chat_person_name(person));
	chat_compose_text(&line, " is now ");
	chat_compose_span(&line, name);
	chat_post_room(hub, person->room, person, false, &line);
	chat_hub_inside_name(hub, person, name);
}
