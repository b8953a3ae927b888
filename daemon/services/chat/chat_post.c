/* chat_post.c — lines → logs and queues. */
#include "services/chat/chat_post.h"

/* PERSON, of this host, has something to take. */
static void
wake(struct chat_hub *hub, struct chat_person *person)
{
	if (person->is_woken || person->kind == CHAT_PERSON_REMOTE)
		return;
	person->is_woken = true;
	if (person->room != NULL)
		chat_room_fall_behind(person->room, person);
	if (person != hub->speaker)
		hub->calls.wake(hub->calls.context, person);
}

/* Everybody in ROOM who has been told all so far has not any more. */
static void
wake_quiet(
    struct chat_hub *hub, struct chat_room *room, struct chat_person *sender)
{
	struct chat_link *link = room->quiet.next;

	while (link != &room->quiet) {
		struct chat_person *person =
		    CHAT_LINK_OF(link, struct chat_person, in_quiet);

		link = link->next;
		if (person != sender)
			wake(hub, person);
	}
}

void
chat_post_room(struct chat_hub *hub, struct chat_room *room,
    struct chat_person *sender, bool is_talk, struct chat_compose *line)
{
	struct chat_log *log = &room->log;

	/* Nobody will ask for what is there, so its memory will do. */
	if (room->behind == 0 && hub->settings->history == 0)
		chat_log_forget(log);
	if (room->here == 0 && hub->settings->history == 0)
		return;
	if (!chat_log_add(log, &hub->calls.memory,
	        sender == NULL ? 0 : sender->id, is_talk,
	        chat_compose_end(line)))
		return;
	if (sender != NULL && sender->kind != CHAT_PERSON_REMOTE) {
		sender->own_end = log->next;
		/* It has been told all before this, and knows this. */
		if (sender->place == log->next - 1)
			sender->place = log->next;
	}
	wake_quiet(hub, room, sender);
}

void
chat_post_person(
    struct chat_hub *hub, struct chat_person *person, struct chat_compose *line)
{
	uint64_t place = person->room == NULL ? 0 : person->room->log.next;

	if (person->kind == CHAT_PERSON_REMOTE)
		return;
	chat_queue_add(
	    &person->queue, &hub->calls.memory, place, chat_compose_end(line));
	wake(hub, person);
}
