/* chat_presence.c — who is in the chat of one host. */
#include "services/chat/chat_presence.h"

#include "services/chat/chat_remote_text.h"

#include <stdio.h>
#include <string.h>

static const char first_line[] = "netlabd 1\n";
static const char more_line[] = "...\n";

enum {
	FIRST_LEN = sizeof(first_line) - 1,
	MORE_LEN = sizeof(more_line) - 1,
};

size_t
chat_presence_begin(struct space out)
{
	memcpy(out.data, first_line, FIRST_LEN);
	return FIRST_LEN;
}

static bool
is_cut(struct span list)
{
	return list.len >= MORE_LEN && memcmp(list.data + list.len - MORE_LEN,
	                                   more_line, MORE_LEN) == 0;
}

/* There is always room left for the line that says that there is none. */
size_t
chat_presence_add(
    struct space out, size_t len, const struct chat_presence_person *person)
{
	size_t room = out.cap - len - MORE_LEN;

	if (is_cut((struct span){out.data, len}))
		return len;
	int made = snprintf((char *)out.data + len, room, "%u %.*s %.*s\n",
	    (unsigned)person->id, (int)person->room.len,
	    (const char *)person->room.data, (int)person->name.len,
	    (const char *)person->name.data);

	if (made > 0 && (size_t)made < room)
		return len + (size_t)made;
	memcpy(out.data + len, more_line, MORE_LEN);
	return len + MORE_LEN;
}

bool
chat_presence_open(struct span *list)
{
	if (list->len < FIRST_LEN ||
	    memcmp(list->data, first_line, FIRST_LEN) != 0)
		return false;
	*list = (struct span){list->data + FIRST_LEN, list->len - FIRST_LEN};
	return true;
}

/* Takes the next line, without its end, from LIST, which is not empty. */
static struct span
take_line(struct span *list)
{
	const uint8_t *end = memchr(list->data, '\n', list->len);
	size_t len = end == NULL ? list->len : (size_t)(end - list->data);
	struct span line = {list->data, len};

	if (end != NULL)
		len++;
	*list = (struct span){list->data + len, list->len - len};
	return line;
}

bool
chat_presence_next(
    struct span *list, struct chat_presence_person *person, bool *is_whole)
{
	while (list->len != 0) {
		struct span line = take_line(list);

		if (line.len == MORE_LEN - 1 &&
		    memcmp(line.data, more_line, line.len) == 0)
			*is_whole = false;
		if (!chat_remote_text_number(&line, &person->id))
			continue;
		person->room = chat_remote_text_word(&line);
		person->name = line;
		return true;
	}
	return false;
}
