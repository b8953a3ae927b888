/* chat_hub_list.c — who is where. Lists are as long as a reader's queue can
 * bear: four lines. */
#include "services/chat/chat_hub_list.h"

#include "services/chat/chat_command.h"
#include "services/chat/chat_post.h"

enum {
	LINE_MAX_LEN = 512, /* bytes of one line of a list */
	LINES_MAX = 4,
};

/* A list that is being told. */
struct list {
	struct chat_hub *hub;
	struct chat_person *person;
	const char *introduction; /* of each line */
	struct span about;        /* behind that */
	unsigned items, lines;    /* in this line; lines before it */
	struct chat_compose line;
};

static void
begin_line(struct list *list)
{
	list->line.len = 0;
	list->items = 0;
	chat_compose_text(&list->line, list->introduction);
	chat_compose_span(&list->line, list->about);
	chat_compose_text(&list->line, ": ");
}

/* Begins the next item, of LEN bytes. False: the list is long enough. */
static bool
begin_item(struct list *list, size_t len)
{
	if (!chat_compose_has_room(&list->line, len + 2, LINE_MAX_LEN) &&
	    list->items > 0) {
		if (++list->lines == LINES_MAX)
			return false;
		chat_post_person(list->hub, list->person, &list->line);
		begin_line(list);
	}
	if (list->items++ > 0)
		chat_compose_text(&list->line, ", ");
	return true;
}

/* Ends the list, of whose TOTAL items COUNT have been told. */
static void
end_list(struct list *list, unsigned long count, unsigned long total)
{
	if (count < total) {
		chat_compose_text(&list->line, " and ");
		chat_compose_number(&list->line, total - count);
		chat_compose_text(&list->line, " more");
	}
	chat_post_person(list->hub, list->person, &list->line);
}

void
chat_hub_list_people(struct chat_hub *hub, struct chat_person *person,
    const char *introduction, struct chat_room *room)
{
	struct list list = {.hub = hub,
	    .person = person,
	    .introduction = introduction,
	    .about = chat_room_name(room)};
	unsigned long count = 0;

	begin_line(&list);
	for (struct chat_link *link = room->members.next;
	     link != &room->members; link = link->next) {
		const struct chat_person *member =
		    CHAT_LINK_OF(link, struct chat_person, in_room);

		if (!begin_item(&list, member->name_len))
			break;
		chat_compose_span(&list.line, chat_person_name(member));
		count++;
	}
	end_list(&list, count, room->count);
}

void
chat_hub_list_rooms(struct chat_hub *hub, struct chat_person *person)
{
	struct list list = {
	    .hub = hub, .person = person, .introduction = "* rooms"};
	struct chat_link *all = &hub->rooms.all;
	unsigned long count = 0;

	begin_line(&list);
	for (struct chat_link *link = all->next; link != all;
	     link = link->next) {
		const struct chat_room *room =
		    CHAT_LINK_OF(link, struct chat_room, in_set);

		if (!begin_item(&list, room->name_len + sizeof(" (1000000)")))
			break;
		chat_compose_span(&list.line, chat_room_name(room));
		chat_compose_text(&list.line, " (");
		chat_compose_number(&list.line, room->count);
		chat_compose_text(&list.line, ")");
		count++;
	}
	end_list(&list, count, hub->rooms.count);
}

static void
tell_help(struct chat_hub *hub, struct chat_person *person,
    enum chat_command_kind kind)
{
	struct chat_compose line = {.len = 0};

	chat_compose_text(&line, "* ");
	chat_compose_text(&line, chat_command_help(kind));
	chat_post_person(hub, person, &line);
}

void
chat_hub_list_help(
    struct chat_hub *hub, struct chat_person *person, struct span name)
{
	struct chat_compose line = {.len = 0};

	if (name.len > 0 && name.data[0] == '/') {
		name.data++;
		name.len--;
	}
	enum chat_command_kind kind = chat_command_find(name);

	if ((unsigned)kind < CHAT_COMMAND_COUNT) {
		tell_help(hub, person, kind);
		return;
	}
	chat_compose_text(&line, "* what you type goes to all in your room; "
	                         "lines that begin with / are commands:");
	chat_post_person(hub, person, &line);
	for (unsigned i = 0; i < CHAT_COMMAND_COUNT; i++)
		tell_help(hub, person, (enum chat_command_kind)i);
}
