/* chat_console.c — where the user types and reads at the same time. */
#include "client/chat/chat_console.h"

#include "client/chat/chat_paint.h"
#include "client/complain.h"
#include "client/verb.h"
#include "services/chat/chat_name.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { TELL_MAX = 512 };

/* ------------------------------------------------------------------ showing */

void
chat_console_show(struct chat_console *console, struct span line)
{
	chat_edit_erase(&console->edit);
	chat_paint_write(&console->screen, line);
	fflush(console->screen.out);
}

void
chat_console_tell(struct chat_console *console, const char *format, ...)
{
	char text[TELL_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	chat_console_show(console, span_of(text));
}

int
chat_console_complain(
    struct chat_console *console, int status, const char *format, ...)
{
	char text[TELL_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	chat_edit_erase(&console->edit);
	return complain(status, "%s", text);
}

void
chat_console_show_said(
    struct chat_console *console, struct span name, struct span text)
{
	uint8_t line[CHAT_NAME_SIZE + CHAT_INBOX_MAX + 3];
	size_t len = 0;

	if (name.len > CHAT_NAME_SIZE || text.len > CHAT_INBOX_MAX)
		return;
	line[len++] = '<';
	memcpy(line + len, name.data, name.len);
	len += name.len;
	line[len++] = '>';
	line[len++] = ' ';
	memcpy(line + len, text.data, text.len);
	chat_console_show(console, (struct span){line, len + text.len});
}

/* ------------------------------------------------------------------ signals */

static void
leave(struct chat_console *console)
{
	if (!console->has_left)
		console->talk->left(console->talk->context);
	console->has_left = true;
}

static void
take_signal(struct chat_console *console)
{
	struct signalfd_siginfo signal;

	if (read(console->signals, &signal, sizeof(signal)) !=
	    (ssize_t)sizeof(signal))
		return;
	switch (signal.ssi_signo) {
	case SIGWINCH:
		chat_edit_resize(&console->edit);
		break;
	case SIGTSTP:
		chat_edit_stop(&console->edit);
		break;
	default:
		/* The second time, whatever is still going on. */
		console->is_over = console->has_left;
		leave(console);
		break;
	}
}

/* Reads signals from a descriptor; returns that, or -1. */
static int
open_signals(bool is_editing)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	if (is_editing) {
		sigaddset(&set, SIGWINCH);
		sigaddset(&set, SIGTSTP);
	}
	if (sigprocmask(SIG_BLOCK, &set, NULL) == -1)
		return -1;
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* ------------------------------------------------------------------ the loop
 */

/* Waits for keys or something else, once, and deals with the latter. */
static enum chat_edit_event
await(void *context)
{
	enum { OWN = 2 };
	struct chat_console *console = context;
	const struct chat_console_talk *talk = console->talk;
	struct pollfd fds[OWN + CHAT_CONSOLE_WATCH_MAX];
	int wait_ms = -1;
	unsigned count = talk->watch(talk->context, fds + OWN, &wait_ms);
	bool listens = !console->has_left && !console->is_at_end &&
	               talk->listens(talk->context, console->is_edited);

	fds[0] = (struct pollfd){.fd = console->signals, .events = POLLIN};
	fds[1] = (struct pollfd){
	    .fd = listens ? STDIN_FILENO : -1, .events = POLLIN};
	if (poll(fds, OWN + count, wait_ms) == -1)
		/* Interrupted: nothing has come. */
		for (unsigned i = 0; i < OWN + count; i++)
			fds[i].revents = 0;
	if (fds[0].revents != 0)
		take_signal(console);
	if (!talk->work(talk->context, fds + OWN))
		console->is_over = true;
	if (console->is_over)
		return CHAT_EDIT_OVER;
	return fds[1].revents != 0 && !console->has_left ? CHAT_EDIT_KEY
	                                                 : CHAT_EDIT_ELSE;
}

/* Reads what standard input has, lines or less. */
static void
read_plain(struct chat_console *console)
{
	struct space space = chat_inbox_space(&console->keys);
	ssize_t len = read(STDIN_FILENO, space.data, space.cap);

	if (len > 0)
		chat_inbox_put(&console->keys, (size_t)len);
	else if (len == 0 || errno != EINTR)
		console->is_at_end = true;
}

/* Hands on a line that was read; false: there is none. */
static bool
hand_on(struct chat_console *console)
{
	const struct chat_console_talk *talk = console->talk;
	struct span line;

	if (console->has_left || !talk->listens(talk->context, false))
		return false;
	if (chat_inbox_next(&console->keys, console->is_at_end, &line)) {
		talk->said(talk->context, line);
		return true;
	}
	if (console->is_at_end)
		leave(console);
	return false;
}

static void
run_plain(struct chat_console *console)
{
	while (!console->is_over)
		if (!hand_on(console) && await(console) == CHAT_EDIT_KEY)
			read_plain(console);
}

static void
run_edited(struct chat_console *console)
{
	const struct chat_console_talk *talk = console->talk;
	struct span line;

	while (!console->is_over && !console->has_left)
		if (chat_edit_read(&console->edit, &line))
			talk->said(talk->context, line);
		else if (!console->is_over)
			leave(console);
	/* What is said at the end. */
	while (!console->is_over)
		(void)await(console);
}

void
chat_console_run(
    struct chat_console *console, const struct chat_console_talk *talk)
{
	console->talk = talk;
	if (console->is_edited)
		run_edited(console);
	else
		run_plain(console);
}

/* ------------------------------------------------------------ begin and end */

int
chat_console_open(struct chat_console *console, const struct options *options)
{
	*console = (struct chat_console){.signals = -1};
	screen_open(&console->screen, options);
	console->is_edited = chat_edit_is_possible();
	console->signals = open_signals(console->is_edited);
	if (console->signals == -1)
		return complain(VERB_MALFORMED, "signals: %s", strerror(errno));
	if (console->is_edited &&
	    !chat_edit_open(&console->edit, await, console))
		return complain(VERB_MALFORMED, "no memory");
	return VERB_GOOD;
}

void
chat_console_close(struct chat_console *console)
{
	if (console->is_edited)
		chat_edit_close(&console->edit);
	if (console->signals != -1)
		close(console->signals);
}
