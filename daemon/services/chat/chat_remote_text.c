/* chat_remote_text.c — what happens in a chat as messages of a broker. */
#include "services/chat/chat_remote_text.h"

#include <stdio.h>
#include <string.h>

/* How each kind is called in the property, and what stands before and behind
 * the name in its line; BETWEEN stands before a text, where there is one. */
static const struct form {
	const char *word, *before, *behind, *between;
	enum chat_event_kind kind;
	bool is_moving;
} forms[] = {
    {"say", "<", "> ", "", CHAT_EVENT_SAY, false},
    {"me", "* ", " ", "", CHAT_EVENT_ME, false},
    {"join", "* ", " has joined", "", CHAT_EVENT_JOIN, false},
    {"leave", "* ", " has left", ": ", CHAT_EVENT_LEAVE, false},
    {"move", "* ", " has left", ": ", CHAT_EVENT_LEAVE, true},
    {"nick", "* ", " is now ", "", CHAT_EVENT_NICK, false},
    {"direct", "<", "> ", "", CHAT_EVENT_DIRECT, false},
};

enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]) };

static const struct form *
form_of(enum chat_event_kind kind, bool is_moving)
{
	for (unsigned i = 0; i < FORM_COUNT; i++)
		if (forms[i].kind == kind && forms[i].is_moving == is_moving)
			return &forms[i];
	return NULL;
}

bool
chat_remote_text_is_node(struct span name)
{
	for (size_t i = 0; i < name.len; i++) {
		uint8_t c = name.data[i];
		bool is_letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

		if (!is_letter && (c < '0' || c > '9') && c != '-' &&
		    c != '_' && c != '.')
			return false;
	}
	return name.len != 0 && name.len < CHAT_BROKER_NODE_MAX;
}

/* ---------------------------------------------------------------- writing */

size_t
chat_remote_text_about(const struct chat_event *event, struct span node,
    uint32_t id, struct space out)
{
	const struct form *form = form_of(
	    event->kind, event->kind == CHAT_EVENT_LEAVE && event->is_moving);
	int len;

	if (form == NULL)
		return 0;
	len = snprintf((char *)out.data, out.cap, "%.*s %s %u %.*s",
	    (int)node.len, (const char *)node.data, form->word, (unsigned)id,
	    (int)event->name.len, (const char *)event->name.data);
	return len < 0 || (size_t)len >= out.cap ? 0 : (size_t)len;
}

/* Appends BYTES to what is in OUT, *LEN; beyond its end, *LEN is too large. */
static void
append(struct space out, size_t *len, const void *bytes, size_t count)
{
	if (*len <= out.cap && count <= out.cap - *len) {
		if (count != 0)
			memcpy(out.data + *len, bytes, count);
		*len += count;
	} else {
		*len = out.cap + 1;
	}
}

static void
append_word(struct space out, size_t *len, const char *word)
{
	append(out, len, word, strlen(word));
}

size_t
chat_remote_text_line(const struct chat_event *event, struct space out)
{
	const struct form *form = form_of(
	    event->kind, event->kind == CHAT_EVENT_LEAVE && event->is_moving);
	size_t len = 0;

	if (form == NULL)
		return 0;
	append_word(out, &len, form->before);
	append(out, &len, event->name.data, event->name.len);
	append_word(out, &len, form->behind);
	if (event->kind == CHAT_EVENT_DIRECT) {
		append(out, &len, event->to.data, event->to.len);
		append_word(out, &len, " ");
	}
	if (event->text.len != 0) {
		append_word(out, &len, form->between);
		append(out, &len, event->text.data, event->text.len);
	}
	return len > out.cap ? 0 : len;
}

/* ---------------------------------------------------------------- reading */

bool
chat_remote_text_number(struct span *bytes, uint32_t *number)
{
	uint64_t value = 0;
	size_t len = 0;

	while (len < bytes->len && bytes->data[len] >= '0' &&
	       bytes->data[len] <= '9' && value <= UINT32_MAX)
		value = value * 10 + (uint64_t)(bytes->data[len++] - '0');
	if (len == 0 || value > UINT32_MAX || len == bytes->len ||
	    bytes->data[len] != ' ')
		return false;
	*number = (uint32_t)value;
	*bytes = (struct span){bytes->data + len + 1, bytes->len - len - 1};
	return true;
}

struct span
chat_remote_text_word(struct span *bytes)
{
	const uint8_t *space =
	    bytes->len == 0 ? NULL : memchr(bytes->data, ' ', bytes->len);
	size_t len = space == NULL ? bytes->len : (size_t)(space - bytes->data);
	struct span word = {bytes->data, len};

	if (space != NULL)
		len++;
	if (len != 0)
		*bytes = (struct span){bytes->data + len, bytes->len - len};
	return word;
}

static bool
is_word(struct span bytes, const char *word)
{
	return bytes.len == strlen(word) &&
	       memcmp(bytes.data, word, bytes.len) == 0;
}

bool
chat_remote_text_read_about(
    struct span property, struct chat_remote_about *about)
{
	*about = (struct chat_remote_about){
	    .node = chat_remote_text_word(&property)};
	struct span word = chat_remote_text_word(&property);

	if (!chat_remote_text_is_node(about->node) ||
	    !chat_remote_text_number(&property, &about->id))
		return false;
	about->name = property;
	for (unsigned i = 0; i < FORM_COUNT; i++)
		if (is_word(word, forms[i].word)) {
			about->kind = forms[i].kind;
			about->is_moving = forms[i].is_moving;
			return true;
		}
	return false;
}

/* Takes PREFIX from the front of BYTES. False: they do not begin with it. */
static bool
take(struct span *bytes, const void *prefix, size_t len)
{
	if (bytes->len < len ||
	    (len != 0 && memcmp(bytes->data, prefix, len) != 0))
		return false;
	if (len != 0)
		*bytes = (struct span){bytes->data + len, bytes->len - len};
	return true;
}

bool
chat_remote_text_read_line(struct span line, struct chat_event *event)
{
	const struct form *form = form_of(
	    event->kind, event->kind == CHAT_EVENT_LEAVE && event->is_moving);

	if (form == NULL || !take(&line, form->before, strlen(form->before)) ||
	    !take(&line, event->name.data, event->name.len) ||
	    !take(&line, form->behind, strlen(form->behind)))
		return false;
	if (event->kind == CHAT_EVENT_DIRECT)
		event->to = chat_remote_text_word(&line);
	if (line.len != 0 && !take(&line, form->between, strlen(form->between)))
		return false;
	event->text = line;
	return true;
}

void
chat_remote_text_read_guest(struct span line, struct chat_event *event)
{
	struct span rest = line;

	*event = (struct chat_event){.kind = CHAT_EVENT_SAY, .text = line};
	if (take(&rest, "* ", 2)) {
		event->kind = CHAT_EVENT_ME;
		event->name = chat_remote_text_word(&rest);
		event->text = rest;
	} else if (take(&rest, "<", 1)) {
		const uint8_t *end =
		    rest.len == 0 ? NULL : memchr(rest.data, '>', rest.len);
		size_t len = end == NULL ? 0 : (size_t)(end - rest.data);

		if (end == NULL)
			return;
		event->name = (struct span){rest.data, len};
		event->text =
		    (struct span){rest.data + len + 1, rest.len - len - 1};
		(void)take(&event->text, " ", 1);
	}
}
