/*
 * chat_edit.h — a line that is typed on a terminal, edited with libedit, while
 * other lines appear above it.
 */
#ifndef NETLAB_CLIENT_CHAT_EDIT_H
#define NETLAB_CLIENT_CHAT_EDIT_H

#include "core/span.h"

#include <histedit.h>
#include <stdbool.h>
#include <stdint.h>

enum chat_edit_event {
	CHAT_EDIT_KEY,  /* standard input can be read */
	CHAT_EDIT_ELSE, /* not yet */
	CHAT_EDIT_OVER, /* no line is wanted any more */
};

struct chat_edit {
	EditLine *editor;
	History *history;
	/* Waits for a key or for something else, once, and deals with that. */
	enum chat_edit_event (*await)(void *context);
	void *context;
	bool is_shown;  /* the line is on the screen */
	bool is_erased; /* … or was, and is to come back */
	bool is_over;   /* AWAIT has said so */
	size_t key_count;
	uint8_t keys[64]; /* read, and no part of the line yet */
};

/* Whether standard input and output are a terminal on which lines can be
 * edited. */
bool chat_edit_is_possible(void);

/* Begins with a prompt on standard output. False: no memory. */
bool chat_edit_open(struct chat_edit *edit,
    enum chat_edit_event (*await)(void *context), void *context)
    __attribute__((warn_unused_result));

/* Waits for a line, without its end; borrowed until the next call. False: the
 * user has ended standard input, or AWAIT has said that it is over. */
bool chat_edit_read(struct chat_edit *edit, struct span *line);

/* Takes the line off the screen, to print something in its place … */
void chat_edit_erase(struct chat_edit *edit);

/* … and puts it back below that. */
void chat_edit_restore(struct chat_edit *edit);

/* The terminal has another size. */
void chat_edit_resize(struct chat_edit *edit);

/* Stops the process until the user continues it. */
void chat_edit_stop(struct chat_edit *edit);

void chat_edit_close(struct chat_edit *edit);

#endif
