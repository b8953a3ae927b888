/*
 * chat_console.h — where the user types and reads at the same time. On a
 * terminal a line is edited with libedit, and what comes in meanwhile appears
 * above it; elsewhere lines go in and out as they are, for scripts.
 *
 * It holds the loop of the chat: it waits for keys and for what the talk
 * watches.
 */
#ifndef NETLAB_CLIENT_CHAT_CONSOLE_H
#define NETLAB_CLIENT_CHAT_CONSOLE_H

#include "client/chat/chat_edit.h"
#include "client/chat/chat_inbox.h"
#include "client/screen.h"
#include "core/span.h"

#include <poll.h>
#include <stdbool.h>

enum { CHAT_CONSOLE_WATCH_MAX = 8 };

/* What goes on besides the keys. The functions get CONTEXT. */
struct chat_console_talk {
	void *context;
	/* Fills FDS, CHAT_CONSOLE_WATCH_MAX at most, returns how many; and
	 * shortens *WAIT_MS (-1: for ever) to when work is to be called. */
	unsigned (*watch)(void *context, struct pollfd *fds, int *wait_ms);
	/* Something may have come, or it is time; FDS as watch has filled them.
	 * Returns false when the talk is over. */
	bool (*work)(void *context, const struct pollfd *fds);
	/* Whether lines may be read now; keys of a terminal are, if
	 * IS_TERMINAL. */
	bool (*listens)(void *context, bool is_terminal);
	/* The user has typed LINE; borrowed for the call. */
	void (*said)(void *context, struct span line);
	/* The user types no more: the end of standard input, or a signal. */
	void (*left)(void *context);
};

struct chat_console {
	struct screen screen;
	const struct chat_console_talk *talk; /* while it runs */
	int signals;                          /* signalfd */
	bool is_over;                         /* the talk is */
	bool has_left;                        /* no more is read */
	bool is_edited;                       /* on a terminal, by … */
	struct chat_edit edit;
	bool is_at_end;         /* of standard input; else */
	struct chat_inbox keys; /* what it had */
};

/* Returns VERB_GOOD; VERB_MALFORMED and has complained: no memory. */
int chat_console_open(struct chat_console *console,
    const struct options *options) __attribute__((warn_unused_result));

/* Until TALK is over. */
void chat_console_run(
    struct chat_console *console, const struct chat_console_talk *talk);

/* Shows LINE, made harmless, in its colours. */
void chat_console_show(struct chat_console *console, struct span line);

/* The same of text, as printf has it. */
void chat_console_tell(struct chat_console *console, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "<NAME> TEXT", of somebody. */
void chat_console_show_said(
    struct chat_console *console, struct span name, struct span text);

/* complain(), where the line that is typed does not stand in its way. */
int chat_console_complain(struct chat_console *console, int status,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Gives the terminal back. */
void chat_console_close(struct chat_console *console);

#endif
